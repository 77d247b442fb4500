// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;

namespace Tci.Flows.Tests.Making;

/// <summary>Reads a flow.csv whole, each cell by the type of its column.</summary>
internal static class EveryCell
{
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Read(Stream csv)
    {
        using var reader = new FlowCsvReader(csv);
        while (reader.Read())
        {
            for (var column = 0; column < reader.Columns.Count; column++)
                _ = reader.Columns[column].Type switch
                {
                    "ipaddr" => (long)reader.Address(column),
                    "time" => reader.Time(column),
                    "string" => reader.Text(column).Length,
                    "uint64" => (long)reader.Number(column),
                    _ => reader.Cell(column).Length,
                };
        }
    }
}
