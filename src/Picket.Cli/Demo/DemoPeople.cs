using System.Globalization;
using System.Text;

namespace Picket.Cli.Demo;

/// <summary>People, devices and a group that nobody has: the same seed makes the same ones. Each is a CSV file.</summary>
internal sealed class DemoPeople
{
    public const string Group = "Canary";

    private const int Most = 20;
    private const int WithDevice = 12;
    private const int InGroup = 8;

    private static readonly string[] FirstNames =
    [
        "Ada",
        "Björn",
        "Chidi",
        "Dana",
        "Emre",
        "Farida",
        "Grace",
        "Hana",
        "Inés",
        "Jakub",
        "Kofi",
        "Léa",
    ];

    private static readonly string[] LastNames =
    [
        "Abara",
        "Brandt",
        "Costa",
        "Dvořák",
        "Eriksen",
        "Fofana",
        "Gruber",
        "Haddad",
        "Ito",
        "Jensen",
        "Kaya",
    ];

    private readonly List<string> _users = [];
    private readonly List<string> _devices = [];
    private readonly List<string> _members = [];

    public DemoPeople(int seed)
    {
        var random = new Random(seed);
        for (var number = 1; number <= Most; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"newcomer.{seed}.{number:00}");
            var (first, last) = (Pick(random, FirstNames), Pick(random, LastNames));
            _users.Add($"{name},{first},{last},{name}@example.com,none");
            UserNames.Add(name);
            if (number <= WithDevice)
            {
                var serial = string.Create(CultureInfo.InvariantCulture, $"NEW{seed:0000}{number:00}");
                var platform = random.Next(2) == 0 ? "iOS" : "Android";
                _devices.Add($"{name},{serial},Phone of {first} {last},{platform},corporate,none");
                Serials.Add(serial);
            }

            if (number <= InGroup)
            {
                _members.Add($"{Group},{name}");
            }
        }
    }

    public HashSet<string> UserNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Serials { get; } = new(StringComparer.OrdinalIgnoreCase);

    public int Members => _members.Count;

    public byte[] Users => File("user_name,first_name,last_name,email,message", _users);

    public byte[] Devices => File("user_name,serial_number,friendly_name,platform,ownership,message", _devices);

    public byte[] GroupMembers => File("group,user_name", _members);

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static byte[] File(string header, IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", [header, .. lines]));
}
