// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.DataSets;

/// <summary>What laying out a data set did.</summary>
/// <param name="Captures">Captures of the description, equal ones counted once.</param>
/// <param name="Made">Of these, the ones that had to be made or whose flows had to be made again.</param>
/// <param name="Problems">Damaged inputs, by folder of the tree, of this run or an earlier one.</param>
public sealed record DataSetResult(int Captures, int Made, IReadOnlyList<InputProblem> Problems);

/// <summary>Where laying out a data set stands.</summary>
/// <param name="Done">Captures done.</param>
/// <param name="Total">Captures in all.</param>
/// <param name="Folder">The one being worked on, relative to the tree; empty at the end.</param>
/// <param name="Export">Where its export stands; null before it began.</param>
public readonly record struct DataSetProgress(int Done, int Total, string Folder, ExportProgress? Export);
