// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Tests;

[TestClass]
public sealed class StoreChoiceTests
{
    private readonly TempStore _temp = new();

    private string File => _temp.File("store");

    [TestCleanup]
    public void Clean() => _temp.Dispose();

    private void Write(string text, UnixFileMode mode)
    {
        System.IO.File.WriteAllText(File, text);
        System.IO.File.SetUnixFileMode(File, mode);
    }

    [TestMethod]
    public void A_file_says_how_postgresql_is_reached()
    {
        Write("Host=db;Database=tci\n", UnixFileMode.UserRead);
        Assert.AreEqual("Host=db;Database=tci", StoreChoice.Read(File, "/x").PostgreSql);
        Assert.AreEqual(("/x", null), (StoreChoice.Read(null, "/x").Path, StoreChoice.Read(null, "/x").PostgreSql));
    }

    [TestMethod]
    public void A_file_that_others_can_read_is_empty_or_is_not_there_is_refused()
    {
        Write("Host=db", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Told());
        Write(" \n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("is empty", Told());
        System.IO.File.Delete(File);
        Assert.Contains("cannot be read", Told());
    }

    private string Told() => Assert.ThrowsExactly<StoreUnavailableException>(() => StoreChoice.Read(File, "/x")).Message;
}
