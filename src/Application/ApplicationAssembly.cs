namespace Idp.Application;

/// <summary>Marks the assembly that holds the use cases, for scanning.</summary>
public static class ApplicationAssembly;
