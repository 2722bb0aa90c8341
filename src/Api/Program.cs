using Idp.Api.CommandLine;
using Idp.Infrastructure.Documents.Workers;

// First of all: a child process must be up in an instant, and needs nothing of the rest.
return args is [WorkerProcess.Verb, ..]
    ? await WorkerProcess.RunAsync(args, CancellationToken.None)
    : await CommandLineRoot.RunAsync(args);
