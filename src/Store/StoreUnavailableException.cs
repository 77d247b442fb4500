// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;

namespace Tci.Store;

/// <summary>The store cannot be used now: locked, damaged, full, of a newer version, or with too many writers waiting. The message says what to do.</summary>
public sealed class StoreUnavailableException : DbException
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception? inner) : base(message, inner)
    {
    }
}
