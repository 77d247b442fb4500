// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tci.Bench.Api;

/// <summary>The framework alone: the bytes TCI answers with, from memory, without sign-in, store or entities. What is above it is TCI's own cost.</summary>
internal static class BareServer
{
    /// <param name="answers">Folder of answers, each under its name.</param>
    /// <param name="file">What <c>/file</c> sends, in the framework's own way.</param>
    public static Task<int> Run(string answers, string file) => ServerProcess.Run(_ => { }, app => Map(app, answers, file));

    private static async Task Map(WebApplication app, string answers, string file)
    {
        foreach (var answer in Directory.EnumerateFiles(answers))
        {
            var bytes = await File.ReadAllBytesAsync(answer);
            var path = "/" + Path.GetFileName(answer);
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

        app.MapGet("/file", (HttpContext http) =>
        {
            http.Response.ContentLength = new FileInfo(file).Length;
            return http.Response.SendFileAsync(file);
        });
    }
}
