namespace Idp.Api.Kernel.Health;

/// <summary>A program or library that pages cannot be read without.</summary>
/// <param name="Name">What is missing.</param>
/// <param name="Mend">The command that installs it.</param>
internal sealed record MissingTool(string Name, string Mend);

/// <summary>What was found missing when the service started.</summary>
/// <param name="Missing">Empty when everything is there.</param>
internal sealed record RequiredTools(IReadOnlyList<MissingTool> Missing);
