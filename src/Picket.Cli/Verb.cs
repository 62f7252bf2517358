using System.CommandLine;

namespace Picket.Cli;

/// <summary>A command that does something, with whole command lines to copy.</summary>
internal sealed class Verb(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
