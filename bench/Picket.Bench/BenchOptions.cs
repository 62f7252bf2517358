namespace Picket.Bench;

/// <summary>How large and how often.</summary>
/// <param name="Quick">Small enough for every change: some five minutes in all.</param>
/// <param name="Only">Names of the measurements to take; empty for all.</param>
internal sealed record BenchOptions(bool Quick, IReadOnlySet<string> Only)
{
    public int Devices => Quick ? 20_000 : 100_000;

    /// <summary>The fleet that peak memory is compared with.</summary>
    public int FewDevices => Quick ? 2_000 : 10_000;

    public int Rounds => Quick ? 3 : 5;

    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name);

    public static BenchOptions? Parse(string[] args)
    {
        var quick = false;
        var only = new HashSet<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--only" when i + 1 < args.Length:
                    only.UnionWith(args[++i].Split(','));
                    break;
                default:
                    Console.Error.WriteLine($"'{args[i]}' is unknown. Options: --quick, --only NAME[,NAME].");
                    return null;
            }
        }

        return new BenchOptions(quick, only);
    }
}
