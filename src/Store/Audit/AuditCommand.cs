// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>The command <c>audit</c> of the programs, <c>audit check</c> and <c>audit export</c>; they work beside a running server.</summary>
public static class AuditCommand
{
    private const int BatchMax = 1000;

    /// <param name="program">That has the command, for what it says of failures.</param>
    /// <param name="store">The store that a command line names; a <see cref="StoreUnavailableException"/> says that there is none.</param>
    public static Command Make(string program, Func<ParseResult, StoreOptions> store)
    {
        var last = new Option<string?>("--last") { Description = "A hash that an earlier check or export printed; it must still be in the chain, or rows were taken off the end." };
        var check = new Command("check", "Follows the chain of the audit and says which row is not as it was written; 1 where one is not.") { last };
        check.SetAction((parsed, _) => Use(program, () => store(parsed), trail => Check(program, trail, parsed.GetValue(last))));
        var after = new Option<long>("--after") { Description = "Only lines after this number." };
        var export = new Command("export", "Writes the audit as JSON lines to standard output.") { after };
        export.SetAction((parsed, _) => Use(program, () => store(parsed), trail => Export(trail, parsed.GetValue(after))));
        return new Command("audit", "Checks the audit, or writes it out.") { check, export };
    }

    private static async Task<int> Use(string program, Func<StoreOptions> store, Func<IAuditTrail, Task<int>> work)
    {
        try
        {
            var services = new ServiceCollection();
            services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
            services.AddTciStore(store());
            await using var provider = services.BuildServiceProvider();
            return await work(provider.GetRequiredService<IAuditTrail>());
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"{program}: {e.Message}");
            return 1;
        }
    }

    private static async Task<int> Check(string program, IAuditTrail trail, string? last)
    {
        var verdict = await new AuditCheck(trail).Run(last?.Trim().ToLowerInvariant());
        if (verdict.Breach is { } breach)
        {
            await Console.Error.WriteLineAsync($"{program}: the audit is not as it was written. {breach}");
            return 1;
        }

        Console.WriteLine($"The audit is whole: {verdict.Rows} rows. Last hash {verdict.LastHash}");
        return 0;
    }

    private static async Task<int> Export(IAuditTrail trail, long after)
    {
        await using var output = Console.OpenStandardOutput();
        IReadOnlyList<AuditLine> batch;
        do
        {
            batch = await trail.After(after, BatchMax, new AuditFilter());
            foreach (var line in batch) await output.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line, ContractJson.Options), (byte)'\n']);
            if (batch.Count > 0) after = batch[^1].Number;
        }
        while (batch.Count == BatchMax);
        return 0;
    }
}
