// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Processing;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Processing;

/// <summary>Children that do what no child should.</summary>
[TestClass]
public sealed class ChildProcessTests
{
    private static readonly ChildLimits s_limits = new(TimeSpan.FromSeconds(60), 1L << 30, 1 << 20, 0);
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    public void The_exit_code_and_the_last_words_come_back()
    {
        var exit = Run("echo one; echo two >&2; printf 'three\\033[31m\\r\\n' >&2; exit 7");
        Assert.AreEqual(7, exit.Code);
        Assert.IsFalse(exit.TimedOut);
        Assert.AreEqual("two | three [31m", exit.LastWords);
    }

    [TestMethod]
    public void Standard_output_comes_line_by_line()
    {
        var lines = new List<string>();
        Run("echo a; echo b; printf c", lines.Add);
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, lines);
    }

    [TestMethod]
    public void One_that_never_ends_is_ended_with_all_it_started()
    {
        var marker = _folder.In("grandchild");
        var exit = Run($"sh -c 'echo $$ > {marker}; sleep 1000' >/dev/null 2>&1 & sleep 1000", limits: s_limits with { Wall = TimeSpan.FromSeconds(1) });
        Assert.IsTrue(exit.TimedOut);
        AssertGone(marker);
    }

    [TestMethod]
    public void What_it_leaves_behind_with_its_output_open_is_ended()
    {
        var marker = _folder.In("grandchild");
        var exit = Run($"sh -c 'echo $$ > {marker}; sleep 1000' & while [ ! -s {marker} ]; do :; done; exit 0");
        Assert.AreEqual(0, exit.Code);
        AssertGone(marker);
    }

    [TestMethod]
    public void Cancelling_ends_it()
    {
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => Run("echo begun; sleep 1000", _ => cancel.Cancel(), cancel: cancel.Token));
    }

    [TestMethod]
    public void Output_without_end_is_drained_in_bounded_memory()
    {
        var longest = 0;
        const string Noise = "head -c 50000000 /dev/zero | tr '\\0' x";
        var exit = Run($"{Noise}; {Noise} >&2", line => longest = Math.Max(longest, line.Length));
        Assert.AreEqual(0, exit.Code);
        Assert.AreEqual(4096, longest);
        Assert.AreEqual(300, exit.LastWords.Length);
    }

    [TestMethod]
    public void A_file_that_grows_too_large_ends_it()
    {
        var exit = Run("exec head -c 5000000 /dev/zero > large");
        Assert.AreNotEqual(0, exit.Code);
        Assert.AreEqual(1 << 20, new FileInfo(_folder.In("large")).Length);
    }

    [TestMethod]
    public void Memory_is_bounded()
    {
        // tail keeps a whole line in memory.
        var exit = Run("head -c 200000000 /dev/zero | tail -n 1 | wc -c; exit 0", limits: s_limits with { MemoryBytesMax = 64 << 20 });
        StringAssert.Contains(exit.LastWords, "memory exhausted");
    }

    [TestMethod]
    public void Nothing_of_the_probes_environment_reaches_it()
    {
        Environment.SetEnvironmentVariable("TCI_TEST_PASSWORD", "secret");
        var lines = new List<string>();
        Run("env; pwd", lines.Add);
        Assert.IsFalse(lines.Any(line => line.Contains("secret", StringComparison.Ordinal)));
        CollectionAssert.Contains(lines, "HOME=" + _folder.Path);
        CollectionAssert.Contains(lines, _folder.Path);
    }

    [TestMethod]
    public void It_yields_to_others_and_leads_a_group_of_its_own()
    {
        var lines = new List<string>();
        Run("nice; cut -d' ' -f1,5 /proc/self/stat | tr -d '\\n'; echo; echo $$", lines.Add, s_limits with { Nice = 5 });
        Assert.AreEqual("5", lines[0]);
        Assert.AreEqual(lines[2], lines[1].Split(' ')[1]);
    }

    [TestMethod]
    public void Limits_that_cannot_be_set_keep_it_from_starting()
    {
        var exit = Run("echo started > here", limits: s_limits with { FileBytesMax = -512 });
        Assert.AreNotEqual(0, exit.Code);
        Assert.IsFalse(File.Exists(_folder.In("here")));
    }

    private ChildExit Run(string script, Action<string>? line = null, ChildLimits? limits = null, CancellationToken cancel = default) => ChildProcess.Run(
        new ProcessorCall("/bin/sh", ["-c", script], null), _folder.Path, limits ?? s_limits, line ?? (_ => { }), _ => { }, TimeProvider.System, cancel);

    // The process may be a zombie for a moment, until whoever inherited it has looked.
    private static void AssertGone(string marker)
    {
        var pid = File.ReadAllText(marker).Trim();
        for (var i = 0; i < 500 && Lives(pid); i++) Thread.Sleep(10);
        Assert.IsFalse(Lives(pid), $"Process {pid} still runs.");
    }

    private static bool Lives(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ')[1] is not ("Z" or "X");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
