// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>Reads the audit in the order of its chain.</summary>
public sealed class AuditTrail(Database database) : IAuditTrail
{
    private const string Select =
        """
        SELECT number AS Number, at_us AS AtUs, account AS Account, address AS Address, action AS Action, resource AS Resource, result AS Result,
               detail AS Detail, previous AS Previous, hash AS Hash
        FROM audit
        """;

    private sealed record Row(
        long Number, long AtUs, string Account, string Address, string Action, string Resource, string Result, string? Detail, string Previous, string Hash);

    public async Task<IReadOnlyList<AuditLine>> After(long number, int countMax, AuditFilter filter)
    {
        var conditions = new List<string> { "number > @number" };
        if (filter.Account is not null) conditions.Add("account = @account");
        if (filter.Action is not null) conditions.Add("action = @action");
        if (filter.Resource is not null) conditions.Add("resource = @resource");
        if (filter.From is not null) conditions.Add("at_us >= @from");
        if (filter.To is not null) conditions.Add("at_us < @to");
        var values = new
        {
            number,
            countMax = (long)countMax,
            account = filter.Account,
            action = filter.Action,
            resource = filter.Resource,
            from = Instants.ToMicroseconds(filter.From),
            to = Instants.ToMicroseconds(filter.To),
        };
        var rows = await database.Read(c => c.QueryAsync<Row>($"{Select} WHERE {string.Join(" AND ", conditions)} ORDER BY number LIMIT @countMax", values));
        return [.. rows.Select(LineOf)];
    }

    private static AuditLine LineOf(Row row) => new(
        row.Number, Instants.FromMicroseconds(row.AtUs), row.Account, row.Address, row.Action, row.Resource, row.Result, row.Detail, row.Previous, row.Hash);
}
