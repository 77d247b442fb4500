// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.DataSets;

/// <summary>A table made from the rows of flow.csv: which of their columns, under which names, and which rows are left out.</summary>
/// <param name="FileName">Such as http.csv.</param>
/// <param name="Sources">The columns of flow.csv.</param>
/// <param name="Headings">Their names here.</param>
/// <param name="NeedsAll">Whether a row that lacks one of them is left out; otherwise only one that lacks all.</param>
internal sealed record TableKind(string FileName, string[] Sources, string[] Headings, bool NeedsAll)
{
    public static readonly TableKind[] All =
    [
        new("http.csv", ["HTTP_REQUEST_AGENT", "HTTP_REQUEST_HOST", "HTTP_REQUEST_URL"], ["user-agent", "host", "uri"], NeedsAll: true),
        new("tls.csv", ["TLS_VERSION", "TLS_ALPN", "TLS_JA3", "TLS_SNI"], ["TLS_VERSION", "TLS_ALPN", "TLS_JA3", "TLS_SNI"], NeedsAll: false),
        new("dns.csv", ["DNS_NAME"], ["DNS_NAME"], NeedsAll: true),
    ];

    public string Header => CsvLine.Of([.. SystemLabels.Names, .. Headings]);

    /// <summary>The name of the file that joins those of all systems.</summary>
    public string MergedName => "merged_" + FileName;
}
