using System.CommandLine;
using Spectre.Console;

namespace Picket.Cli;

/// <summary>Asks before something is lost.</summary>
internal static class Confirmation
{
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    public static void Confirm(this Session session, Option<bool> yes, string question)
    {
        if (session.Get(yes))
            return;
        if (!session.Terminal.CanAsk)
            throw new UsageException($"{question} Nobody can be asked here; say --yes if you mean it.");
        if (!session.Ask(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }))
            throw new DeclinedException();
    }
}

/// <summary>A person said no; that is an answer and no mistake.</summary>
internal sealed class DeclinedException() : Exception("Nothing was done.");
