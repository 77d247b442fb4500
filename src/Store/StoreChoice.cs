// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store;

/// <summary>Which store an administrator chose: a file that says how PostgreSQL is reached, the environment that does, or neither, which is SQLite in the data folder.</summary>
public static class StoreChoice
{
    /// <summary>Holds a connection to PostgreSQL where no file is named. Neither stands on a command line, where others could read the password.</summary>
    public const string Variable = "TCI_STORE";

    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="file">A file of one line, readable by its owner alone; null where none was named.</param>
    /// <param name="sqlite">The SQLite database to use otherwise.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be read, is empty, or others can read it.</exception>
    public static StoreOptions Read(string? file, string sqlite)
    {
        var connection = file is null ? Environment.GetEnvironmentVariable(Variable) : ReadFile(file);
        return string.IsNullOrWhiteSpace(connection) ? new StoreOptions { Path = sqlite } : new StoreOptions { Path = sqlite, PostgreSql = connection.Trim() };
    }

    /// <summary>The same, for work beside a running server: nothing is made where there is nothing, and nobody is kept out.</summary>
    /// <exception cref="StoreUnavailableException">There is no store, or the file cannot be used.</exception>
    public static StoreOptions ReadExisting(string? file, string sqlite)
    {
        var store = Read(file, sqlite);
        if (store.PostgreSql is null && !File.Exists(store.Path)) throw new StoreUnavailableException($"There is no {store.Path}; --data names the folder of the server.");
        return store with { Exclusive = false };
    }

    private static string ReadFile(string file)
    {
        try
        {
            var text = File.ReadAllText(file).Trim();
            if (text.Length == 0) throw new StoreUnavailableException($"'{file}' is empty. It holds one line like 'Host=db.example;Database=tci;Username=tci;Password=…'.");
            if ((File.GetUnixFileMode(file) & OfOthers) != 0) throw new StoreUnavailableException($"Others can read '{file}', which may hold a password: chmod 600 '{file}'.");
            return text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The file of the store's connection cannot be read: {e.Message}", e);
        }
    }
}
