// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Text.Json;

namespace Tci.Contracts.Tests;

/// <summary>Makes one instance of any contract type with every member set, the same each time.</summary>
internal static class Sample
{
    private const int DepthMax = 12;

    private static readonly Dictionary<Type, object> s_fixed = new()
    {
        [typeof(string)] = "text",
        [typeof(int)] = 7,
        [typeof(long)] = 7_000_000_000L,
        [typeof(double)] = 0.5,
        [typeof(bool)] = true,
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(90),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2026, 5, 1, 12, 30, 15, 250, TimeSpan.Zero),
        [typeof(JsonElement)] = JsonDocument.Parse("""{"columns":5}""").RootElement,
        [typeof(ProbeId)] = new ProbeId("local"),
        [typeof(PointId)] = new PointId("local/eth0"),
        [typeof(JobId)] = new JobId("job-1a2b"),
        [typeof(CaptureId)] = new CaptureId("local/job-1a2b.0"),
        [typeof(ScheduleId)] = new ScheduleId("schedule-nightly"),
        [typeof(RunId)] = new RunId("local/job-1a2b.0.1"),
    };

    /// <summary>The same with every member that may be null being null.</summary>
    public static object Sparse(Type type)
    {
        var node = (System.Text.Json.Nodes.JsonObject)JsonSerializer.SerializeToNode(Of(type), type, ContractJson.Options)!;
        var nulls = new NullabilityInfoContext();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && nulls.Create(p).WriteState == NullabilityState.Nullable))
            node.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        return node.Deserialize(type, ContractJson.Options)!;
    }

    public static object Of(Type type, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (depth > DepthMax) throw new InvalidOperationException($"{type} contains itself.");
        if (s_fixed.TryGetValue(type, out var value)) return value;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(1)!;
        return type.IsGenericType && type.IsInterface ? Collection(type, depth) : Record(type, depth);
    }

    private static object Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            var array = Array.CreateInstance(arguments[0], 1);
            array.SetValue(Of(arguments[0], depth + 1), 0);
            return array;
        }

        var map = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        map.Add("key", Of(arguments[1], depth + 1));
        return map;
    }

    private static object Record(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, depth + 1))]);
        var given = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null && !given.Contains(p.Name)))
            property.SetValue(instance, Of(property.PropertyType, depth + 1));
        return instance;
    }
}
