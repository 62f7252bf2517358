namespace Picket.Cli;

/// <summary>What the program tells its caller; part of its interface, see README.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Problem = 1;
    public const int Usage = 2;
    public const int NotAllowed = 3;
    public const int NotFound = 4;
    public const int Unreachable = 5;
    public const int Refused = 6;
    public const int Bug = 70;
    public const int Cancelled = 130;

    public const string Text = """
        Exit codes:
          0    done
          1    done, and a problem was found (failed check, incomplete or held run, import that ended short)
          2    the command line, a file or the environment is wrong
          3    not signed in, or not allowed
          4    not found
          5    the server cannot be reached, or failed
          6    the server understood and refused (conflict, invalid, too many)
          70   a bug in picket
          130  cancelled, or a question was answered with no
        """;
}
