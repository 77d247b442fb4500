// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Probes;

namespace Tci.Simulation.Mutations;

/// <summary>The adapter of the engine does not see that a capture has begun already, and begins it again.</summary>
internal sealed class BegunCapturesBeginAgain : Mutation
{
    public override ICaptureEngine Engine(SimCaptureEngine engine, ProbeMachine machine) => new Forgetful(engine, machine);

    private sealed class Forgetful(ICaptureEngine inner, ProbeMachine machine) : ICaptureEngine
    {
        private readonly HashSet<CaptureId> _begun = [];

        public Task<Answer<EngineView>> Begin(CaptureId capture, ArmCapture request)
        {
            _begun.Add(capture);
            if (machine.Directories.ContainsKey(capture)) machine.StartAgain(capture, request);
            return inner.Begin(capture, request);
        }

        /// <summary>Knows only what this process began.</summary>
        public async Task<Answer<EngineView>> Look(CaptureId capture)
        {
            var answer = await inner.Look(capture);
            return _begun.Contains(capture) ? answer : new EngineView(EngineState.Absent, null, null, null, false);
        }

        public Task<Answer<EngineView>> StartAt(CaptureId capture, DateTimeOffset instant) => inner.StartAt(capture, instant);

        public Task<Answer<EngineView>> Stop(CaptureId capture) => inner.Stop(capture);
    }
}

/// <summary>The adapter of the processors does not see that a run is done already, and makes it again.</summary>
internal sealed class RunsAreMadeAgain : Mutation
{
    public override IProcessors Processors(SimProcessors processors, ProbeMachine machine) => new Forgetful(processors, machine);

    private sealed class Forgetful(SimProcessors inner, ProbeMachine machine) : IProcessors
    {
        private readonly HashSet<RunId> _begun = [];

        public Task<Answer<WorkView>> Begin(RunId run, BeginRun request)
        {
            if (_begun.Add(run) && machine.Directories.TryGetValue(run.Capture, out var directory) && directory.Runs.ContainsKey(run.Step)) inner.Begin(run, directory);
            return inner.Begin(run, request);
        }

        public async Task<Answer<WorkView>> Look(RunId run) =>
            _begun.Contains(run) ? await inner.Look(run) : new WorkView(WorkState.Absent, 0, [], null);

        public Task<Answer<Nothing>> Cancel(RunId run) => inner.Cancel(run);
    }
}

/// <summary>A directory is reported as deleted, and is not.</summary>
internal sealed class DirectoriesStay : Mutation
{
    public override ICaptureFiles Files(SimCaptureFiles files, ProbeMachine machine) => new Careless(files);

    private sealed class Careless(ICaptureFiles inner) : ICaptureFiles
    {
        public Task<Answer<WorkView>> Collect(CaptureId capture) => inner.Collect(capture);

        public Task<Answer<Nothing>> DropRaw(CaptureId capture) => inner.DropRaw(capture);

        public Task<Answer<Nothing>> Delete(CaptureId capture) => Task.FromResult<Answer<Nothing>>(Nothing.Value);
    }
}
