// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging.Abstractions;
using Tci.Store.Tokens;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Tokens;

public abstract class AdminTokenTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private AdminToken _admin = null!;
    private TokenTable _tokens = null!;

    private string Path => _temp.File("admin-token");

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _admin = new AdminToken(_database, TimeProvider.System, NullLogger<AdminToken>.Instance);
        _tokens = new TokenTable(_database, TimeProvider.System, NullLogger<TokenTable>.Instance);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    [TestMethod]
    public async Task The_first_start_makes_a_token_that_signs_in_and_only_its_owner_can_read()
    {
        Assert.AreEqual(AdminTokenState.Created, await _admin.Ensure(Path));
        var token = (await File.ReadAllTextAsync(Path)).Trim();
        Assert.StartsWith("tci_", token);
        Assert.AreEqual(4 + 43, token.Length);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.AreEqual("admin", (await _tokens.Find(token))?.Account);
    }

    [TestMethod]
    public async Task Later_starts_change_nothing()
    {
        await _admin.Ensure(Path);
        var token = await File.ReadAllTextAsync(Path);
        Assert.AreEqual(AdminTokenState.Present, await _admin.Ensure(Path));
        Assert.AreEqual(token, await File.ReadAllTextAsync(Path));
    }

    [TestMethod]
    public async Task A_deleted_file_is_not_made_again()
    {
        await _admin.Ensure(Path);
        File.Delete(Path);
        Assert.AreEqual(AdminTokenState.FileMissing, await _admin.Ensure(Path));
        Assert.IsFalse(File.Exists(Path));
    }

    [TestMethod]
    public async Task A_file_with_another_text_is_told_and_left_alone()
    {
        await _admin.Ensure(Path);
        await File.WriteAllTextAsync(Path, "something else");
        Assert.AreEqual(AdminTokenState.FileDiffers, await _admin.Ensure(Path));
        Assert.AreEqual("something else", await File.ReadAllTextAsync(Path));
    }

    [TestMethod]
    public async Task A_reset_ends_the_old_token_and_the_next_start_makes_another()
    {
        await _admin.Ensure(Path);
        var old = (await File.ReadAllTextAsync(Path)).Trim();
        Assert.IsTrue(await _admin.Reset());
        Assert.IsFalse(await _admin.Reset());
        Assert.IsNull(await _tokens.Find(old));
        Assert.AreEqual(AdminTokenState.Created, await _admin.Ensure(Path));
        var token = (await File.ReadAllTextAsync(Path)).Trim();
        Assert.AreNotEqual(old, token);
        Assert.AreEqual("admin", (await _tokens.Find(token))?.Account);
    }

    [TestMethod]
    public async Task The_database_does_not_hold_the_token_itself()
    {
        await _admin.Ensure(Path);
        var token = (await File.ReadAllTextAsync(Path)).Trim();
        _database.Dispose();
        foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, "tci.db*"))
            Assert.DoesNotContain(token, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("tci_")]
    [DataRow("tci_x' OR '1'='1")]
    [DataRow("admin")]
    public async Task Other_texts_sign_nobody_in(string token)
    {
        await _admin.Ensure(Path);
        Assert.IsNull(await _tokens.Find(token));
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_written_stores_no_token()
    {
        Directory.CreateDirectory(Path);
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => _admin.Ensure(Path));
        Assert.IsFalse(await _admin.Reset());
    }
}

[TestClass]
public sealed class AdminTokenOnSqliteTests() : AdminTokenTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class AdminTokenOnPostgreSqlTests() : AdminTokenTests(StoreKind.PostgreSql);
