// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using System.Text;
using Tci.Contracts;
using Tci.Probe.Interop;
using Tci.Probe.Work;

namespace Tci.Probe.Engine;

/// <summary>Compiles filters in the background and remembers the last verdicts.</summary>
internal sealed class FilterCompiler(ProbeOptions options, Launcher launcher, BackgroundWork work, TimeProvider time) : IFilterCompiler
{
    private const int FilterBytesMax = 4096;
    private const int VerdictsMax = 256;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Task<Answer<FilterVerdict>>> _verdicts = new();

    public async Task<Answer<FilterVerdict>> Check(string filter)
    {
        var bytes = Encoding.UTF8.GetByteCount(filter);
        if (bytes > FilterBytesMax)
            return new Problem(ProblemCodes.FilterTooLong, $"The filter has {bytes} bytes; at most {FilterBytesMax} are taken.", Field: "filter");
        if (filter.IndexOf('\0') is >= 0 and var at)
            return new Problem(ProblemCodes.InvalidFilter, "The filter has a NUL character in it.", at, "filter");
        if (_verdicts.Count >= VerdictsMax) Forget();
        var verdict = _verdicts.GetOrAdd(filter, Ask);
        await Task.WhenAny(verdict, Task.Delay(s_firstWait, time));
        if (!verdict.IsCompleted) return new FilterVerdict(true, 0);
        var answer = await verdict;
        // What stood in the way may be gone the next time; what is wrong with a filter stays wrong.
        if (answer.Problem is { Code: not (ProblemCodes.InvalidFilter or ProblemCodes.FilterTooCostly) }) _verdicts.TryRemove(new(filter, verdict));
        return answer;
    }

    // Those under way stay; the queue bounds them.
    private void Forget()
    {
        foreach (var verdict in _verdicts.Where(v => v.Value.IsCompleted)) _verdicts.TryRemove(verdict);
    }

    private Task<Answer<FilterVerdict>> Ask(string filter)
    {
        var answer = new TaskCompletionSource<Answer<FilterVerdict>>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!work.Filters.TryAdd(_ => answer.TrySetResult(Compile(filter))))
            answer.SetResult(new Problem(ProblemCodes.Overloaded, "Too many filters wait to be compiled. Try again in a few seconds."));
        return answer.Task;
    }

    private Answer<FilterVerdict> Compile(string filter)
    {
        var outcome = launcher.Ensure();
        var instructions = 0;
        if (outcome.Ok) outcome = CaptureLibrary.CheckFilter(options.Socket, filter, options.FilterTimeout, out instructions);
        if (outcome.Ok) return new FilterVerdict(false, instructions);
        return Outcomes.Problem(outcome.Code, outcome.Message, outcome.Position, filter)!;
    }
}
