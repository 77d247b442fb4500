// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Simulation.Hosts;

/// <summary>Carries calls between hosts, as badly as the faults of the moment want: late, out of order, twice, or not at all.</summary>
internal sealed class Network(Simulation simulation)
{
    /// <summary>How long a caller waits for an answer. The turn itself may still run later.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    public Task<T> Call<T>(Host from, string caller, EntityKind kind, string key, string method, Func<object, Task<byte[]>> run)
    {
        var kernel = simulation.Kernel;
        var answer = new TaskCompletionSource<T>();
        kernel.Trace.Say(caller, $"calls {kind.Name} {key} {method}");
        var timeout = kernel.After(AnswerMax, from.Life, () =>
        {
            if (answer.TrySetException(new TimeoutException($"{kind.Name} {key} did not answer {method} within {AnswerMax.TotalSeconds:0} s.")))
                kernel.Trace.Say(caller, $"hears nothing of {kind.Name} {key} {method}");
        });

        void Answer(Host? by, Action<TaskCompletionSource<T>> settle) => Carry(by ?? from, from, "answer of " + method, () =>
        {
            timeout.Withdraw();
            settle(answer);
        });

        var turn = new Turn(
            method,
            async grain =>
            {
                var by = simulation.Cluster.HostOf(kind, key);
                try
                {
                    var bytes = await run(grain);
                    kernel.Trace.Say(by?.Name ?? "?", $"{kind.Name} {key} answers {method}: {Text(bytes)}");
                    Answer(by, a => a.TrySetResult(JsonSerializer.Deserialize<T>(bytes, ContractJson.Options)!));
                }
                catch (Exception e)
                {
                    kernel.Trace.Say(by?.Name ?? "?", $"{kind.Name} {key} {method} threw {e.GetType().Name}: {e.Message}");
                    Answer(by, a => a.TrySetException(new UnreachableException(e.Message)));
                }
            },
            e => Answer(null, a => a.TrySetException(e)));
        Deliver(from, kind, key, turn);
        if (simulation.Faults.Duplicated(from)) Deliver(from, kind, key, turn);
        return answer.Task;
    }

    public void Poke(Host from, string caller, EntityKind kind, string key)
    {
        simulation.Kernel.Trace.Say(caller, $"pokes {kind.Name} {key}");
        if (simulation.Faults.PokeLost()) return;
        simulation.Kernel.After(simulation.Faults.MessageDelay(), simulation.Kernel.Always, () => simulation.Cluster.Poke(from, kind, key));
    }

    private void Deliver(Host from, EntityKind kind, string key, Turn turn)
    {
        if (simulation.Faults.Lost(from)) simulation.Kernel.Trace.Say("network", $"loses {turn.What} to {kind.Name} {key}");
        else simulation.Kernel.After(simulation.Faults.MessageDelay(), simulation.Kernel.Always, () => simulation.Cluster.Offer(from, kind, key, turn));
    }

    /// <summary>Takes an answer back, where both still can.</summary>
    private void Carry(Host by, Host to, string what, Action arrive)
    {
        if (by != to && (by.CutOff || to.CutOff || simulation.Faults.Lost(by))) simulation.Kernel.Trace.Say("network", $"loses {what} to {to.Name}");
        else simulation.Kernel.After(simulation.Faults.MessageDelay(), to.Life, arrive);
    }

    private static string Text(byte[] json) => System.Text.Encoding.UTF8.GetString(json.AsSpan(0, Math.Min(json.Length, 400)));
}
