using Idp.Api.CommandLine;

return await CommandLineRoot.RunAsync(args);
