// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Contracts.Tests;

/// <summary>The published surface: method signatures of the entities, and the members of everything public.</summary>
[TestClass]
public sealed class SignatureTests
{
    [TestMethod]
    public void Entity_methods_are_as_published()
    {
        var text = new StringBuilder();
        foreach (var method in Entities.Methods())
            text.Append($"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))}) -> {Name(method.ReturnType)}\n");
        Golden.Check("contracts/entities.txt", text.ToString());
    }

    [TestMethod]
    public void Public_types_are_as_published()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(IGrains).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            foreach (var member in Members(type)) text.Append("  ").Append(member).Append('\n');
        }

        Golden.Check("contracts/surface.txt", text.ToString());
    }

    [TestMethod]
    public void A_method_takes_one_request_record()
    {
        foreach (var method in Entities.Methods())
        {
            Assert.HasCount(1, method.GetParameters(), method.Name);
            Assert.AreEqual("Tci.Contracts", method.GetParameters()[0].ParameterType.Namespace, method.Name);
        }
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type)
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(p => $"{p.Name}: {Name(p.PropertyType)}")
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(f => f.IsLiteral).Select(f => $"{f.Name} = {f.GetRawConstantValue()}"))
            .Order(StringComparer.Ordinal);

    private static string Name(Type type) => !type.IsGenericType
        ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
