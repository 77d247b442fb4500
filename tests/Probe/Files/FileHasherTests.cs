// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class FileHasherTests
{
    [TestMethod]
    public void Size_and_hashes_of_a_known_text()
    {
        using var folder = new TempFolder();
        folder.Write("x.txt", "abc");
        var seen = 0L;
        var file = FileHasher.Describe(folder.Path, "x.txt", raw: false, step => seen += step, CancellationToken.None);
        Assert.AreEqual(new DataFile("x.txt", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "352441c2", false), file);
        Assert.AreEqual(3, seen);
    }

    [TestMethod]
    public void It_stops_when_it_is_told_to()
    {
        using var folder = new TempFolder();
        folder.Write("x.txt", "abc");
        Assert.ThrowsExactly<OperationCanceledException>(() => FileHasher.Describe(folder.Path, "x.txt", false, _ => { }, new CancellationToken(true)));
    }
}
