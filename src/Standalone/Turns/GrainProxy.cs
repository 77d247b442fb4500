// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Standalone.Turns;

/// <summary>
/// Stands for an entity: each call becomes a turn. Arguments and results go through JSON, as they would between hosts, so that nothing works here
/// only because two grains share an object.
/// </summary>
internal class GrainProxy : DispatchProxy
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<GrainProxy, object?[], Task>> s_calls = new();
    private static readonly MethodInfo s_call = typeof(GrainProxy).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo s_send = typeof(GrainProxy).GetMethod(nameof(Send), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private ActivationTable _table = null!;
    private EntityKind _kind = null!;
    private string _key = "";
    private TurnOptions _options = null!;
    private TimeProvider _clock = null!;

    public static T For<T>(ActivationTable table, EntityKind kind, string key, TurnOptions options, TimeProvider clock) where T : class
    {
        var proxy = Create<T, GrainProxy>();
        var self = (GrainProxy)(object)proxy;
        (self._table, self._kind, self._key, self._options, self._clock) = (table, kind, key, options, clock);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        s_calls.GetOrAdd(targetMethod!, Bind)(this, args ?? []);

    private static Func<GrainProxy, object?[], Task> Bind(MethodInfo method)
    {
        var typed = method.ReturnType.IsGenericType ? s_call.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]) : s_send;
        return (proxy, args) => (Task)typed.Invoke(proxy, BindingFlags.DoNotWrapExceptions, null, [method, args], null)!;
    }

    private async Task<T> Call<T>(MethodInfo method, object?[] args)
    {
        var sent = Copy(args);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _table.Enqueue(_kind, _key, new Turn(
            async grain =>
            {
                try
                {
                    var result = await (Task<T>)method.Invoke(grain, BindingFlags.DoNotWrapExceptions, null, sent, null)!;
                    answer.TrySetResult((T)Copy(result, typeof(T))!);
                }
                catch (Exception e)
                {
                    answer.TrySetException(e);
                }
            },
            e => answer.TrySetException(e)));
        return await answer.Task.WaitAsync(_options.AnswerMax, _clock);
    }

    private Task Send(MethodInfo method, object?[] args)
    {
        if (method.Name == nameof(IPokable.Poke)) _table.Poke(_kind, _key);
        else throw new NotSupportedException($"{method.Name} returns nothing; only a poke may.");
        return Task.CompletedTask;
    }

    private static object?[] Copy(object?[] args) => [.. args.Select(a => a is null ? null : Copy(a, a.GetType()))];

    private static object? Copy(object? value, Type type) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type, ContractJson.Options), type, ContractJson.Options);
}
