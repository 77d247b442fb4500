// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What a job leaves to download: the content of manifest.json and, beside it, where each file lies.</summary>
public sealed record DataSet
{
    public required Manifest Manifest { get; init; }

    /// <summary>In the order of the manifest's files.</summary>
    public required IReadOnlyList<DataSetFile> Files { get; init; }
}

/// <param name="Path">In the data set.</param>
/// <param name="Capture">Whose probe holds it.</param>
/// <param name="Source">The file there.</param>
public sealed record DataSetFile(string Path, CaptureId Capture, DataFile Source);

/// <summary>The content of manifest.json. Its bytes are a function of this record alone (docs/formats/manifest.md).</summary>
public sealed record Manifest
{
    /// <summary>Version of this format.</summary>
    public int Format { get; init; } = 1;

    public required JobId Job { get; init; }

    public required string Owner { get; init; }

    public required JobState State { get; init; }

    public required bool Partial { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>The job as it was asked for.</summary>
    public required JobSpec Spec { get; init; }

    public required IReadOnlyList<JobCaptureView> Captures { get; init; }

    public required IReadOnlyList<JobRunView> Runs { get; init; }

    /// <summary>Program name to version.</summary>
    public required IReadOnlyDictionary<string, string> Programs { get; init; }

    /// <summary>Every file of the data set but manifest.json itself, by path.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>Files that are there and that who asked may not have; null where there are none.</summary>
    public IReadOnlyList<ManifestFile>? Withheld { get; init; }
}

public sealed record ManifestFile(string Path, long Size, string Sha256);
