// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Tests.PostgreSql;

/// <summary>Skips tests, with the reason, where no PostgreSQL server can be had.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgreSqlAttribute : ConditionBaseAttribute
{
    public NeedsPostgreSqlAttribute() : base(ConditionMode.Include) => IgnoreMessage = PostgresServer.Missing;

    public override bool IsConditionMet => PostgresServer.Missing is null;

    public override string GroupName => nameof(NeedsPostgreSqlAttribute);
}
