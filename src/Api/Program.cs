using Idp.Infrastructure.Documents.Workers;

return args is [WorkerProcess.Verb, ..] ? await WorkerProcess.RunAsync(args, CancellationToken.None) : 1;
