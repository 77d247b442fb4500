// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;

namespace Tci.Store.Writes;

/// <summary>A write between its caller and the queue: either the queue takes it, or the caller has waited too long and gives it up, never both.</summary>
internal abstract class PendingWrite
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;
    private int _state = Waiting;

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public abstract Task Run(DbTransaction transaction);

    /// <summary>Answers with the result of <see cref="Run"/>: it is on the disk now.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception error);

    protected bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting;
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<DbTransaction, Task<T>> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public override async Task Run(DbTransaction transaction) => _result = await work(transaction);

    public override void Succeed() => _answer.SetResult(_result!);

    public override void Fail(Exception error) => _answer.SetException(error);

    /// <exception cref="StoreUnavailableException">Its turn did not come in time: it will not be made.</exception>
    public async Task<T> Answer(TimeSpan turnMax)
    {
        try
        {
            return await _answer.Task.WaitAsync(turnMax);
        }
        catch (TimeoutException)
        {
            if (TryGiveUp())
                throw new StoreUnavailableException($"A write waited {turnMax.TotalSeconds:0.#} s for the store. Try again; if it stays so, look at the disk.");

            // Being made, or made by now: only its end tells what became of it.
            return await _answer.Task;
        }
    }
}
