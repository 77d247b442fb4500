// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store;

/// <summary>A grain's state was written from a version that is no longer the stored one: another activation was first. Read it again.</summary>
public sealed class StateConflictException : Exception
{
    public StateConflictException()
    {
    }

    public StateConflictException(string message) : base(message)
    {
    }

    public StateConflictException(string message, Exception inner) : base(message, inner)
    {
    }
}
