// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Tci.Api.Jobs;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>What a job left: as one zip, as its manifest, or file by file.</summary>
internal sealed class DataSetDownloads(ICatalog catalog, JobLookup jobs, FileReader files, PacketDownloads packets)
{
    public async Task<IResult> Zip(string id, HttpContext http)
    {
        var dataSet = await Find(id, http);
        if (!dataSet.Ok) return dataSet.Refusal;
        var layout = ZipLayout.Of(dataSet.Value);
        if (!layout.Ok) return layout.Problem.ToResult();
        var job = dataSet.Value.Manifest.Job;
        var isRaw = dataSet.Value.Files.Any(f => f.Source.Raw);
        return new Download(new SegmentStream(layout.Value.Segments, files), "application/zip", $"{job}.zip", layout.Value.ETag) { Before = isRaw ? () => packets.Begin(http, job, "the zip") : null };
    }

    public async Task<IResult> Manifest(string id, HttpContext http)
    {
        var dataSet = await Find(id, http);
        if (!dataSet.Ok) return dataSet.Refusal;
        return Manifest(dataSet.Value);
    }

    /// <param name="path">As the manifest writes it.</param>
    public async Task<IResult> File(string id, string path, HttpContext http)
    {
        var dataSet = await Find(id, http);
        if (!dataSet.Ok) return dataSet.Refusal;
        if (path == ManifestBytes.FileName) return Manifest(dataSet.Value);
        if (dataSet.Value.Manifest.Withheld?.Any(f => f.Path == path) == true)
            return await packets.Refuse(http, dataSet.Value.Manifest.Job, path, new Problem(ProblemCodes.Forbidden, $"{ProblemResults.Shown(path)} holds packets, which needs the right '{nameof(Capability.RawData)}' on the point they come from."));
        if (dataSet.Value.Files.FirstOrDefault(f => f.Path == path) is not { Source: var source } file)
            return new Problem(ProblemCodes.NotFound, $"The data set of {id} has no file {ProblemResults.Shown(path)}. GET /api/v1/jobs/{id}/manifest lists those it has.").ToResult();
        var content = new SegmentStream([new FileSegment(file.Capture, source.Path, source.Size)], files);
        return new Download(content, FileTypes.Of(path), Path.GetFileName(path), source.Sha256)
        {
            Sha256 = source.Sha256,
            Before = source.Raw ? () => packets.Begin(http, dataSet.Value.Manifest.Job, path) : null,
        };
    }

    private Download Manifest(DataSet dataSet)
    {
        var bytes = ManifestBytes.Of(dataSet.Manifest);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new Download(new SegmentStream([new BytesSegment(bytes)], files), "application/json", ManifestBytes.FileName, sha256) { Sha256 = sha256 };
    }

    /// <summary>The data set of a job as far as the caller may have it, or why there is none to be had.</summary>
    public async Task<FoundDataSet> Find(string id, HttpContext http)
    {
        var found = await jobs.Find(id);
        if (!found.Ok) return new FoundDataSet(null, found.Refusal);
        if (await catalog.DataSet(found.Job.Id) is { } dataSet) return new FoundDataSet(Withholding.For(http.Rights(), dataSet), null);
        var problem = found.Job.State.IsFinal()
            ? new Problem(ProblemCodes.NotFound, $"{found.Job.Id} is {found.Job.State} and left nothing to download.")
            : new Problem(ProblemCodes.NotReady, $"{found.Job.Id} is {found.Job.State}; its data set comes when it is Done.");
        return new FoundDataSet(null, new ProblemResult(problem));
    }
}
