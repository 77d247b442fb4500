// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>Data sets, to download.</summary>
internal static class FileEndpoints
{
    private static readonly string[] s_methods = ["GET", "HEAD"];

    public static void Map(RouteGroupBuilder api)
    {
        var files = api.MapGroup("/jobs/{id}").WithTags("data sets");
        files.MapMethods("/dataset", s_methods, (string id, HttpContext http, DataSetDownloads downloads) => downloads.Zip(id, http))
            .NeedsOnJob(Capability.See)
            .WithName("getDataSet").WithSummary("The data set as a zip, manifest.json first. Takes ranges. Packets are in it for those who hold RawData on their points.")
            .Produces<Stream>(200, "application/zip").Produces<Stream>(206, "application/zip").Produces(304).Fails(404, 409, 410, 416, 503);
        files.MapMethods("/manifest", s_methods, (string id, HttpContext http, DataSetDownloads downloads) => downloads.Manifest(id, http))
            .NeedsOnJob(Capability.See)
            .WithName("getManifest").WithSummary("manifest.json: what the data set holds, and how it came about.")
            .Produces<Manifest>().Produces(206).Produces(304).Fails(404, 409, 410, 416, 503);
        files.MapMethods("/files/{**path}", s_methods, (string id, string path, HttpContext http, DataSetDownloads downloads) => downloads.File(id, path, http))
            .NeedsOnJob(Capability.See)
            .WithName("getFile").WithSummary("One file of the data set, with its SHA-256 as Repr-Digest. Takes ranges.")
            .Produces<Stream>(200, "application/octet-stream").Produces<Stream>(206, "application/octet-stream").Produces(304).Fails(404, 409, 410, 416, 503);
    }
}
