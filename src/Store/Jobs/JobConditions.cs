// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>What a query asks of jobs, as conditions joined by AND with their values beside them: nothing of a caller gets into the statement.</summary>
internal sealed class JobConditions
{
    private readonly List<string> _texts = ["deleted = 0"];

    public DynamicParameters Values { get; } = new();

    /// <exception cref="FormatException">The cursor is not one of this list.</exception>
    public static JobConditions Of(JobQuery query)
    {
        var all = new JobConditions();
        if (query.State is { } state) all.Add("state = @state", ("state", state.ToString()));
        all.AddPlace(query.Cursor);
        all.AddOwn(query.Filter);
        all.AddPointAndLabels(query.Filter);
        all._texts.AddRange(Visible.Jobs.Conditions(query.Filter.Visible, all.Values));
        return all;
    }

    public override string ToString() => string.Join(" AND ", _texts);

    private void AddPlace(string? cursor)
    {
        if (cursor is null) return;
        var place = JobCursor.Parse(cursor);
        Add("(created_us, id) < (@placeCreated, @placeId)", ("placeCreated", place.CreatedMicroseconds), ("placeId", place.Id));
    }

    private void AddOwn(JobFilter filter)
    {
        if (filter.States.Count > 0) Add($"state IN {InList.Of(Values, "states", filter.States.Select(s => s.ToString()))}");
        if (filter.Priorities.Count > 0) Add($"priority IN {InList.Of(Values, "priorities", filter.Priorities.Select(p => p.ToString()))}");
        if (filter.Owner is not null) Add("owner = @owner", ("owner", filter.Owner));
        if (filter.From is { } from) Add("created_us >= @from", ("from", CeilingMicroseconds(from)));
        if (filter.To is { } to) Add("created_us < @to", ("to", CeilingMicroseconds(to)));
    }

    private void AddPointAndLabels(JobFilter filter)
    {
        if (filter.Point is { } point) Add("EXISTS (SELECT 1 FROM job_points p WHERE p.point = @point AND p.job = jobs.id)", ("point", point.Value));
        for (var i = 0; i < filter.Labels.Count; i++)
        {
            var (key, value) = filter.Labels[i];
            var alike = value is null ? "" : $" AND l.value = @value{i}";
            Add($"EXISTS (SELECT 1 FROM job_labels l WHERE l.key = @key{i} AND l.job = jobs.id{alike})", ($"key{i}", key), ($"value{i}", value));
        }
    }

    public void Add(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        _texts.Add(text);
        foreach (var (name, value) in values) Values.Add(name, value);
    }

    // Stored instants are cut to the microsecond. One between two of them bounds like the later of the two.
    private static long CeilingMicroseconds(DateTimeOffset instant)
    {
        var floor = Instants.ToMicroseconds(instant);
        return Instants.FromMicroseconds(floor) < instant ? floor + 1 : floor;
    }
}
