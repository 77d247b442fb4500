// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Table;

namespace Tci.Flows.DataSets;

/// <summary>The tables of each system of a tree, made again where its captures changed, and the merged ones. Captures that others laid out are part of it.</summary>
internal sealed class SystemTables(string root, TreeState state, CancellationToken cancellation)
{
    public void WriteAll()
    {
        var systems = Directory.GetDirectories(root, "*__*__*").Order(StringComparer.Ordinal).ToList();
        foreach (var system in systems)
            WriteSystem(system);
        foreach (var kind in TableKind.All)
            Merge(kind, systems);
    }

    private void WriteSystem(string system)
    {
        var captures = Directory.GetDirectories(system)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && File.Exists(Path.Combine(path, FlowExporter.FileName)))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (captures.Count == 0)
            return;
        var name = Path.GetFileName(system);
        var source = SourceOf(name, captures);
        if (state.Tables.GetValueOrDefault(name) == source && TableKind.All.All(kind => File.Exists(Path.Combine(system, kind.FileName))))
            return;
        DataSetTables.Write(captures.Select(path => Path.Combine(path, FlowExporter.FileName)), system, Labels(captures[0], name), cancellation);
        state.Tables[name] = source;
    }

    // The folders, how their flows were made, and how large these are: of somebody else's folders there is no more to know.
    private string SourceOf(string system, List<string> captures)
    {
        var text = new StringBuilder();
        foreach (var path in captures)
        {
            var folder = $"{system}/{Path.GetFileName(path)}";
            var made = state.Captures.GetValueOrDefault(folder);
            text.Append(folder).Append('\n').Append(made?.Identity).Append('\n').Append(made?.Exporter).Append('\n')
                .Append(new FileInfo(Path.Combine(path, FlowExporter.FileName)).Length).Append('\n');
        }
        return XxHash64.Hash(Encoding.UTF8.GetBytes(text.ToString())).ToString("x16");
    }

    // As info.json has them; the folder's name may have lost characters.
    private static SystemLabels Labels(string capture, string system)
    {
        var info = Path.Combine(capture, CaptureFolder.InfoName);
        if (File.Exists(info))
            return CaptureInfo.Load(info).Labels;
        var parts = system.Split("__", 3);
        return new SystemLabels(parts[0], parts[1], parts[2]);
    }

    private void Merge(TableKind kind, List<string> systems)
    {
        var lines = systems.Select(system => Path.Combine(system, kind.FileName)).Where(File.Exists).SelectMany(path =>
        {
            cancellation.ThrowIfCancellationRequested();
            return File.ReadLines(path).Skip(1);
        });
        DataSetTables.WriteTable(Path.Combine(root, kind.MergedName), kind.Header, lines);
    }
}
