// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Simulation.Hosts;

/// <summary>Stands for an entity: each call becomes a message with its arguments as JSON, as between real hosts.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class GrainProxy : DispatchProxy
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<GrainProxy, object?[], Task>> s_calls = new();
    private static readonly MethodInfo s_call = typeof(GrainProxy).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private Simulation _simulation = null!;
    private Host _from = null!;
    private string _caller = "";
    private EntityKind _kind = null!;
    private string _key = "";

    public static T For<T>(Simulation simulation, Host from, string caller, EntityKind kind, string key) where T : class
    {
        var proxy = Create<T, GrainProxy>();
        var self = (GrainProxy)(object)proxy;
        (self._simulation, self._from, self._caller, self._kind, self._key) = (simulation, from, caller, kind, key);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _simulation.Kernel.EnsureOwnThread(_caller);
        return s_calls.GetOrAdd(targetMethod!, Bind)(this, args ?? []);
    }

    private static Func<GrainProxy, object?[], Task> Bind(MethodInfo method)
    {
        if (!method.ReturnType.IsGenericType) return (proxy, _) => proxy.Send(method);
        var typed = s_call.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]);
        return (proxy, args) => (Task)typed.Invoke(proxy, BindingFlags.DoNotWrapExceptions, null, [method, args], null)!;
    }

    private Task<T> Call<T>(MethodInfo method, object?[] args)
    {
        var type = args[0]!.GetType();
        var sent = JsonSerializer.SerializeToUtf8Bytes(args[0], type, ContractJson.Options);
        return _simulation.Network.Call<T>(_from, _caller, _kind, _key, method.Name, async grain =>
        {
            var request = JsonSerializer.Deserialize(sent, type, ContractJson.Options);
            var result = await (Task<T>)method.Invoke(grain, BindingFlags.DoNotWrapExceptions, null, [request], null)!;
            return JsonSerializer.SerializeToUtf8Bytes(result, ContractJson.Options);
        });
    }

    private Task Send(MethodInfo method)
    {
        if (method.Name != nameof(IPokable.Poke)) throw new NotSupportedException($"{method.Name} returns nothing; only a poke may.");
        _simulation.Network.Poke(_from, _caller, _kind, _key);
        return Task.CompletedTask;
    }
}
