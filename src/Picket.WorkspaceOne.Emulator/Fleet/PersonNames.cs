namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>Invented people: any likeness is the dice's doing.</summary>
internal static class PersonNames
{
    private static readonly string[] First =
    [
        "Ada",
        "Bela",
        "Cleo",
        "Dario",
        "Edda",
        "Felix",
        "Gita",
        "Hugo",
        "Iris",
        "Jonas",
        "Kira",
        "Leon",
        "Mara",
        "Nils",
        "Olga",
        "Pavel",
        "Quinn",
        "Rosa",
        "Sami",
        "Tara",
        "Ugo",
        "Vera",
        "Wim",
        "Yara",
        "Zeno",
    ];

    private static readonly string[] Last =
    [
        "Abel",
        "Brandt",
        "Castell",
        "Dorn",
        "Eklund",
        "Farkas",
        "Grau",
        "Holm",
        "Ilves",
        "Jansen",
        "Kovac",
        "Lindt",
        "Moreau",
        "Novak",
        "Okafor",
        "Petrov",
        "Quist",
        "Ricci",
        "Sato",
        "Tanaka",
        "Urban",
        "Vidal",
        "Weiss",
        "Zielin",
    ];

    public static (string First, string Last) Of(Dice dice) =>
        (First[dice.Below(0, First.Length)], Last[dice.Below(1, Last.Length)]);
}
