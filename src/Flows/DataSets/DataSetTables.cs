// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;
using Tci.Flows.Spooling;

namespace Tci.Flows.DataSets;

/// <summary>Writes http.csv, tls.csv and dns.csv: the distinct lines of one or several flow.csv, sorted by their bytes, with the system's labels.</summary>
public static class DataSetTables
{
    private const int RowsBetweenChecks = 4096;

    /// <summary>The files' names, in the order they are written.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [.. TableKind.All.Select(kind => kind.FileName)];

    /// <param name="flowFiles">Paths of flow.csv files.</param>
    /// <param name="directory">Where the tables go; must exist. Each replaces its old one when it is complete.</param>
    /// <param name="labels">What the tables say of the system.</param>
    /// <param name="cancellation">Ends the work; the old tables stay.</param>
    /// <exception cref="InvalidDataException">A flow.csv is damaged; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Write(IEnumerable<string> flowFiles, string directory, SystemLabels labels, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(flowFiles);
        ArgumentNullException.ThrowIfNull(labels);
        var sets = TableKind.All.Select(_ => new LineSet(() => SpoolFile.Open(directory))).ToArray();
        try
        {
            foreach (var file in flowFiles)
                Collect(file, sets, labels, cancellation);
            for (var i = 0; i < sets.Length; i++)
                WriteTable(Path.Combine(directory, TableKind.All[i].FileName), TableKind.All[i].Header, sets[i].Sorted());
        }
        finally
        {
            foreach (var set in sets)
                set.Dispose();
        }
    }

    internal static void WriteTable(string path, string header, IEnumerable<string> lines)
    {
        var part = path + ".part";
        using (var writer = new StreamWriter(part, append: false) { NewLine = "\n" })
        {
            writer.WriteLine(header);
            foreach (var line in lines)
                writer.WriteLine(line);
        }
        File.Move(part, path, overwrite: true);
    }

    private static void Collect(string file, LineSet[] sets, SystemLabels labels, CancellationToken cancellation)
    {
        try
        {
            using var csv = new FlowCsvReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
            var rows = TableKind.All.Select(kind => new TableRows(csv, kind, labels)).ToArray();
            while (csv.Read())
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    if (rows[i].Line() is { } line)
                        sets[i].Add(line);
                }
                if (csv.Rows % RowsBetweenChecks == 0)
                    cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }
}
