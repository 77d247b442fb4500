// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Scheduling;

/// <summary>Where the code of one activation (or client) runs: its continuations come back to the kernel, and end with its life.</summary>
internal sealed class SimContext(Kernel kernel, Lifetime life, string name) : SynchronizationContext
{
    public Lifetime Life => life;

    /// <summary>When code last ran here, in virtual time.</summary>
    public TimeSpan LastRan { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Nobody could catch an exception here; that it failed is enough.
        if (!kernel.IsOwnThread(name)) return;
        kernel.Soon(life, () => Enter(d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits in a simulation.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins something here; it runs until its first wait.</summary>
    public void Begin(Func<Task> work) => Post(_ => Watch(work()), null);

    private async void Watch(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            kernel.Fail($"{name} threw what nobody caught: {e}");
        }
    }

    private void Enter(SendOrPostCallback d, object? state)
    {
        LastRan = kernel.Elapsed;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(kernel.Outside);
        }
    }
}
