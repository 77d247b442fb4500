// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class DataSetFilesTests
{
    [TestMethod]
    public async Task A_file_is_read_from_an_offset()
    {
        using var data = Filled();
        Assert.AreEqual("0123456789", await Read(data, "flow.csv", 0));
        Assert.AreEqual("789", await Read(data, "flow.csv", 7));
        Assert.AreEqual("", await Read(data, "flow.csv", 10));
        Assert.AreEqual("deep", await Read(data, "run.1/flow.csv", 0));
    }

    [TestMethod]
    [DataRow("../secret.txt")]
    [DataRow("run.1/../../secret.txt")]
    [DataRow("/etc/passwd")]
    [DataRow("./flow.csv")]
    [DataRow("run.1//flow.csv")]
    [DataRow("run.1")]
    [DataRow("run.1/")]
    [DataRow("")]
    [DataRow("..")]
    [DataRow("flow.csv\0.txt")]
    [DataRow("link.txt")]
    [DataRow("linked/secret.txt")]
    [DataRow("missing.csv")]
    public async Task Nothing_else_on_the_disk_is_opened(string path)
    {
        using var data = Filled();
        Assert.AreEqual(ProblemCodes.NotFound, (await Open(data, EndedCapture.Id, path, 0)).Problem?.Code);
    }

    [TestMethod]
    public async Task A_path_of_any_length_is_answered()
    {
        using var data = Filled();
        Assert.AreEqual(ProblemCodes.NotFound, (await Open(data, EndedCapture.Id, new string('x', 100_000), 0)).Problem?.Code);
    }

    [TestMethod]
    [DataRow("local/../..", ProblemCodes.InvalidRequest)]
    [DataRow("local/job-1.0/../x", ProblemCodes.InvalidRequest)]
    [DataRow("nothing", ProblemCodes.InvalidRequest)]
    [DataRow("other/job-1.0", ProblemCodes.Unreachable)]
    public async Task An_id_that_is_not_of_this_probe_is_refused(string id, string code)
    {
        using var data = Filled();
        Assert.AreEqual(code, (await Open(data, new CaptureId(id), "flow.csv", 0)).Problem?.Code);
    }

    [TestMethod]
    [DataRow(-1L)]
    [DataRow(11L)]
    public async Task An_offset_outside_the_file_is_refused(long offset)
    {
        using var data = Filled();
        Assert.AreEqual(ProblemCodes.InvalidRequest, (await Open(data, EndedCapture.Id, "flow.csv", offset)).Problem?.Code);
    }

    [TestMethod]
    public async Task A_file_that_is_deleted_while_it_is_read_is_read_to_its_end()
    {
        using var data = Filled();
        using var stream = (await Open(data, EndedCapture.Id, "flow.csv", 0)).Value!;
        File.Delete(data.In("captures/job-1.0/data/flow.csv"));
        Assert.AreEqual("0123456789", await new StreamReader(stream).ReadToEndAsync());
    }

    private static TempFolder Filled()
    {
        var data = new TempFolder();
        var folder = data.In("captures/job-1.0/data");
        Directory.CreateDirectory(Path.Combine(folder, "run.1"));
        File.WriteAllText(Path.Combine(folder, "flow.csv"), "0123456789");
        File.WriteAllText(Path.Combine(folder, "run.1/flow.csv"), "deep");
        File.WriteAllText(Path.Combine(folder, "../secret.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(folder, "link.txt"), "../secret.txt");
        Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), "..");
        return data;
    }

    private static Task<Answer<Stream>> Open(TempFolder data, CaptureId capture, string path, long offset) =>
        new DataSetFiles(new CaptureDirectories(new ProbeOptions { DataFolder = data.Path })).Open(capture, path, offset, CancellationToken.None);

    private static async Task<string> Read(TempFolder data, string path, long offset)
    {
        var answer = await Open(data, EndedCapture.Id, path, offset);
        Assert.IsNull(answer.Problem);
        using var reader = new StreamReader(answer.Value!);
        return await reader.ReadToEndAsync();
    }
}
