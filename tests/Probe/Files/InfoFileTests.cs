// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Files;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class InfoFileTests
{
    [TestMethod]
    public void Keys_order_and_times_are_those_of_the_layout()
    {
        var summary = JsonSerializer.Deserialize<SummaryFile>(EndedCapture.Summary, ContractJson.Options);
        const string Expected = """
            {
              "vm_name": null,
              "source": null,
              "link": null,
              "hash": null,
              "vagrant_box": null,
              "os_family": null,
              "os_type": null,
              "os_version": null,
              "IPv4": "10.0.0.1",
              "MAC": "02:00:00:00:00:01",
              "start_time": "2023-11-14T22:13:21+0000",
              "end_time": "2023-11-14T22:13:31+0000"
            }

            """;
        Assert.AreEqual(Expected, Encoding.UTF8.GetString(InfoFile.Of(summary).ToBytes()));
    }

    [TestMethod]
    public void Without_a_summary_everything_is_null_and_there() =>
        Assert.AreEqual(12, Encoding.UTF8.GetString(InfoFile.Of(null).ToBytes()).Split(": null").Length - 1);
}
