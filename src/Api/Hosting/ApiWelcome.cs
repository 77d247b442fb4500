// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tci.Api.Hosting;

/// <summary>What a server prints once it answers: where it is, and how to sign in.</summary>
public static class ApiWelcome
{
    /// <param name="fileHoldsToken">Whether the token file holds the administrator's token.</param>
    public static void Write(WebApplication app, string tokenFile, bool fileHoldsToken)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"TCI listens on {address}");
        if (fileHoldsToken)
        {
            Console.WriteLine($"The administrator's token is in {tokenFile}. For example:");
            Console.WriteLine($"  curl -H \"Authorization: Bearer $(cat '{tokenFile}')\" {address}/api/v1/points");
        }
        else
        {
            Console.WriteLine($"There is an administrator's token, but {tokenFile} does not hold it; tci-server token --reset-admin --data '{Path.GetDirectoryName(tokenFile)}' makes a new one.");
        }

        Console.Out.Flush();
    }
}
