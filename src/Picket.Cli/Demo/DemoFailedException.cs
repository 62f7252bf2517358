namespace Picket.Cli.Demo;

/// <summary>A part of the demo did not do what it should; the message says which, and what it wrote last.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
