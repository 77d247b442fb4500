// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tci.Bench.Api;

/// <summary>The framework alone: the bytes TCI answers with, from memory, without sign-in, store or entities. What is above it is TCI's own cost.</summary>
internal static class BareServer
{
    public static async Task<int> Run(string answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        foreach (var file in Directory.EnumerateFiles(answers))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            var path = "/" + Path.GetFileName(file);
            app.MapGet(path, () => Results.Bytes(bytes, "application/json"));
            app.MapPost(path, async (HttpContext http) =>
            {
                await http.Request.Body.CopyToAsync(Stream.Null);
                http.Response.StatusCode = StatusCodes.Status201Created;
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = bytes.Length;
                await http.Response.Body.WriteAsync(bytes);
            });
        }

        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }
}
