namespace Picket.Cli;

/// <summary>The caller has to change the command line, a file or the environment.</summary>
internal sealed class UsageException(string message) : Exception(message);
