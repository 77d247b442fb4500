// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;

namespace Tci.Contracts.Tests;

/// <summary>The entity interfaces and their methods, found by what they are.</summary>
internal static class Entities
{
    public static IEnumerable<Type> Interfaces() => typeof(IGrains).GetMethods().Select(m => m.ReturnType).Append(typeof(IPokable)).OrderBy(t => t.Name, StringComparer.Ordinal);

    public static IEnumerable<MethodInfo> Methods() => Interfaces().SelectMany(i => i.GetMethods()).OrderBy(m => m.DeclaringType!.Name + m.Name, StringComparer.Ordinal);

    /// <summary>T of Task&lt;Answer&lt;T&gt;&gt;; null for a poke.</summary>
    public static Type? ResultOf(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0] : null;
}
