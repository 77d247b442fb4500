// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Flows.Tests.Making;
using Tci.FlowsCli;

namespace Tci.Flows.Tests.FlowsCli;

/// <summary>The subcommands and the options for files beside flow.csv, through the command line.</summary>
[TestClass]
public sealed class CommandTests
{
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void Index_and_tables_are_made_beside_flow_csv()
    {
        var (code, _, errors) = Run(Capture(), "-o", folder["out"], "--index", "--tables", "--label", "os_family=linux", "--label", "os_type=debian");
        Assert.AreEqual(ExitCode.Done, code, errors);
        CollectionAssert.AreEqual(new[] { "dns.csv", "flow.csv", "flow.idx", "http.csv", "tls.csv" }, folder.Tree("out").Keys);
        Assert.EndsWith("linux,debian,,a/1,a.test,/x\n", folder.Read("out/http.csv"));
    }

    [TestMethod]
    public void Without_them_only_flow_csv_is_made()
    {
        Run(Capture(), "-o", folder["out"]);
        CollectionAssert.AreEqual(new[] { "flow.csv" }, folder.Tree("out").Keys);
    }

    [TestMethod]
    public void A_damaged_capture_has_its_index_and_code_3()
    {
        var path = folder.Write("cut.pcap", SmallCapture.Of("a.test").ToArray()[..^1]);
        Assert.AreEqual(ExitCode.DamagedInput, Run(path, "-o", folder["out"], "--index").Code);
        Assert.AreEqual(2, Query("--limit", "5").GetProperty("rows").GetInt32());
    }

    [TestMethod]
    public void A_query_sorts_filters_and_pages()
    {
        Run(Capture(), "-o", folder["out"]);
        var first = Query("--sort", "dst_port", "--desc", "--limit", "2");
        CollectionAssert.AreEqual(new[] { 443, 80 }, Ports(first));
        Assert.AreEqual((3, 3), (first.GetProperty("rows").GetInt32(), first.GetProperty("matching").GetInt32()));
        var second = Query("--sort", "dst_port", "--desc", "--limit", "2", "--start", first.GetProperty("next").ToString());
        CollectionAssert.AreEqual(new[] { 53 }, Ports(second));
        Assert.AreEqual(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var named = Query("--where", "protocol=tcp", "--where", "name~A.TEST").GetProperty("flows");
        Assert.AreEqual(2, named.GetArrayLength());
        Assert.AreEqual(JsonValueKind.Array, named[0].GetProperty("PPI_PKT_LENGTHS").ValueKind);
        Assert.AreEqual("10.0.0.1", named[0].GetProperty("SRC_IP").GetString());
    }

    [TestMethod]
    public void A_query_tells_why_it_makes_the_index()
    {
        Run(Capture(), "-o", folder["out"]);
        Assert.Contains("flow.idx is missing and is made now", Run("query", folder["out"]).Errors);
        Assert.AreEqual("", Run("query", folder["out"]).Errors);
        File.AppendAllText(folder["out/flow.csv"], File.ReadLines(folder["out/flow.csv"]).Last() + "\n");
        Assert.Contains("flow.idx is stale and is made now", Run("query", folder["out"]).Errors);
    }

    [TestMethod]
    public void Rows_can_be_had_as_they_are()
    {
        Run(Capture(), "-o", folder["out"]);
        Assert.AreEqual(folder.Read("out/flow.csv"), Run("query", folder["out"], "--csv").Output);
    }

    [TestMethod]
    public void A_page_for_people_has_addresses_names_and_where_to_go_on()
    {
        Run(Capture(), "-o", folder["out"]);
        var (_, output, _) = Run("query", folder["out"], "--limit", "1", "--where", "port=443");
        Assert.Contains("10.0.0.2:443", output);
        Assert.Contains("a.test", output);
        Assert.Contains("1 of 3 flows match", output);
        Assert.Contains("the next page: --start 1", Run("query", folder["out"], "--limit", "1").Output);
    }

    [TestMethod]
    public void An_index_is_checked()
    {
        Run(Capture(), "-o", folder["out"], "--index");
        Assert.AreEqual(ExitCode.Done, Run("index", "--check", folder["out"]).Code);
        var bytes = File.ReadAllBytes(folder["out/flow.idx"]);
        bytes[100] ^= 1;
        folder.Write("out/flow.idx", bytes);
        var (code, _, errors) = Run("index", "--check", folder["out"]);
        Assert.AreEqual(ExitCode.Failure, code);
        Assert.Contains("page 0 of the index is damaged", errors);
        Assert.AreEqual(ExitCode.Done, Run("index", folder["out"]).Code);
        Assert.AreEqual(ExitCode.Done, Run("index", "--check", folder["out"]).Code);
    }

    [TestMethod]
    public void Stats_are_json_or_tables()
    {
        var (_, json, _) = Run("stats", Capture(), "--json");
        Assert.AreEqual(3, JsonDocument.Parse(json).RootElement.GetProperty("flows").GetInt32());
        var (code, tables, _) = Run("stats", Capture());
        Assert.AreEqual(ExitCode.Done, code);
        foreach (var expected in new[] { "Protocols", "tcp/443", "tls a.test", "10.0.0.1", "Flow durations" })
            Assert.Contains(expected, tables);
        Assert.AreEqual(ExitCode.DamagedInput, Run("stats", folder.Write("cut.pcap", SmallCapture.Of("a.test").ToArray()[..^1])).Code);
    }

    [TestMethod]
    public void Tables_of_several_flow_csv_go_where_they_are_asked_to()
    {
        Run(Capture(), "-o", folder["a"]);
        Run(folder.Write("b.pcap", SmallCapture.Of("b.test").ToArray()), "-o", folder["b"]);
        Assert.AreEqual(ExitCode.Done, Run("tables", folder["a"], folder["b"], "-o", folder["both"]).Code);
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\n,,,a.test\n,,,b.test\n", folder.Read("both/dns.csv"));
    }

    [TestMethod]
    public void A_data_set_is_laid_out_with_labels()
    {
        folder.Write("in/x/traffic.pcap", SmallCapture.Of("a.test").ToArray());
        folder.Write("in/x/info.json", """{"os_family":"linux","os_type":"debian"}""");
        string[] labels = ["--label", "os_version=12", "--label", "source=vagrant", "--label", "vagrant_box=debian/12"];
        var (code, _, errors) = Run(["dataset", folder["in"], "-o", folder["tree"], .. labels]);
        Assert.AreEqual(ExitCode.Done, code, errors);
        Assert.AreEqual("1 captures, 1 made, 0 were there\n", errors);
        Assert.IsTrue(File.Exists(folder["tree/linux__debian__12/2023-11-14__vagrant__debian_12/flow.csv"]));
        Assert.AreEqual(ExitCode.Failure, Run("dataset", folder["in"], "-o", folder["tree"]).Code);
    }

    [TestMethod]
    [DataRow("query")]
    [DataRow("query", "x", "--sort", "color")]
    [DataRow("query", "x", "--where", "color=red")]
    [DataRow("query", "x", "--limit", "many")]
    [DataRow("stats")]
    [DataRow("stats", "x", "--top", "0")]
    [DataRow("index")]
    [DataRow("tables", "x", "--label", "color=red")]
    [DataRow("tables", "x", "--label", "os_family")]
    [DataRow("tables", "x", "--label", "os_family=a", "--label", "os_family=b")]
    [DataRow("dataset", "x")]
    [DataRow("dataset", "x", "-o", "y", "--label", "color=red")]
    [DataRow("x.pcap", "-o", "y", "--label", "os_family=a")]
    public void Wrong_options_are_code_2(params string[] arguments) => Assert.AreEqual(ExitCode.Usage, Run(arguments).Code);

    [TestMethod]
    [DataRow("query", "no/such/place")]
    [DataRow("stats", "no/such/place.pcap")]
    [DataRow("index", "no/such/place")]
    [DataRow("dataset", "no/such/place", "-o", "y")]
    public void What_is_not_there_is_code_1_and_named(params string[] arguments)
    {
        var (code, _, errors) = Run(arguments);
        Assert.AreEqual(ExitCode.Failure, code);
        Assert.Contains("no/such/place", errors);
    }

    [TestMethod]
    [DataRow("query")]
    [DataRow("stats")]
    [DataRow("index")]
    [DataRow("tables")]
    [DataRow("dataset")]
    public void Every_command_has_help_with_an_example_and_the_exit_codes(string name)
    {
        var (code, output, _) = Run(name, "--help");
        Assert.AreEqual(ExitCode.Done, code);
        Assert.Contains($"\n  tci-flows {name} <", output.Replace("[--check] ", "", StringComparison.Ordinal));
        Assert.Contains("Exit codes: 0 done", output);
        Assert.Contains($"  {name} ", Run("--help").Output);
    }

    private static int[] Ports(JsonElement page) => [.. page.GetProperty("flows").EnumerateArray().Select(flow => flow.GetProperty("DST_PORT").GetInt32())];

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var code = Tci.FlowsCli.CommandLine.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string Capture() => folder.Write("a.pcap", SmallCapture.Of("a.test").ToArray());

    private JsonElement Query(params string[] options)
    {
        var (code, output, errors) = Run(["query", folder["out"], "--json", .. options]);
        Assert.AreEqual(ExitCode.Done, code, errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
