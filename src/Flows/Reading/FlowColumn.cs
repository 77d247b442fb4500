// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Reading;

/// <summary>A column of a flow.csv as its header names it.</summary>
/// <param name="Type">ipaddr, time, macaddr, string, bytes, uint8 to uint64, int8 to int64; with <c>*</c> an array of it.</param>
/// <param name="Name">Such as SRC_IP.</param>
public sealed record FlowColumn(string Type, string Name)
{
    private static readonly HashSet<string> s_types =
    [
        "ipaddr", "time", "macaddr", "string", "bytes", "float", "double", "char",
        "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64",
        "ipaddr*", "time*", "macaddr*", "float*", "double*",
        "uint8*", "uint16*", "uint32*", "uint64*", "int8*", "int16*", "int32*", "int64*",
    ];

    /// <exception cref="InvalidDataException">The line is no header.</exception>
    internal static IReadOnlyList<FlowColumn> ParseHeader(string line)
    {
        var columns = new List<FlowColumn>();
        foreach (var cell in line.Split(','))
        {
            var space = cell.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || space == cell.Length - 1 || !s_types.Contains(cell[..space]))
                throw new InvalidDataException("The first line is not the header of a flow.csv, whose cells are a type and a name: uint64 BYTES.");
            columns.Add(new FlowColumn(cell[..space], cell[(space + 1)..]));
        }
        return columns;
    }
}
