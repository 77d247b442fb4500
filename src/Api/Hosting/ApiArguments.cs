// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Tci.Api.Hosting;

/// <summary>What the command lines of programs that serve the API take for it.</summary>
public static class ApiArguments
{
    private static readonly Option<IPEndPoint> s_listen = new("--listen")
    {
        Description = "Address and port of the API, as ADDRESS:PORT.",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 8080),
        CustomParser = ParseListen,
    };

    private static readonly Option<string[]> s_cors = new("--cors-origin")
    {
        Description = "A site whose pages may read the API from a browser, https://HOST[:PORT]; may be given several times. Without it there is no CORS.",
        HelpName = "ORIGIN",
        Validators = { CheckOrigins },
    };

    /// <summary>Adds the options, and what checks them, to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Add(s_listen);
        command.Add(s_cors);
        foreach (var option in OidcArguments.All) command.Add(option);
        command.Validators.Add(OidcArguments.Check);
    }

    public static IPEndPoint Listen(ParseResult parsed) => parsed.GetValue(s_listen) ?? new IPEndPoint(IPAddress.Loopback, 8080);

    /// <param name="parsed">The command line.</param>
    /// <param name="host">What runs the entities (<see cref="ApiOptions.Host"/>).</param>
    public static ApiOptions Options(ParseResult parsed, string host) => new() { Host = host, CorsOrigins = parsed.GetValue(s_cors) ?? [], Oidc = OidcArguments.Read(parsed) };

    private static IPEndPoint ParseListen(ArgumentResult result)
    {
        if (!ListenAddress.TryParse(result.Tokens.Single().Value, out var endpoint, out var problem)) result.AddError(problem);
        return endpoint;
    }

    private static void CheckOrigins(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            var isOrigin = Uri.TryCreate(token.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == token.Value;
            if (!isOrigin) result.AddError($"'{token.Value}' is no origin: it is https://HOST or https://HOST:PORT, without a path.");
        }
    }
}
