using MudBlazor;

namespace Picket.Server.Console;

/// <summary>Our own colours: MudBlazor's palettes fail the contrast that WCAG AA asks for.</summary>
internal static class Palette
{
    private static readonly string[] Fonts =
    [
        "Inter",
        "system-ui",
        "Segoe UI",
        "Roboto",
        "Helvetica",
        "Arial",
        "sans-serif",
    ];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5d57",
            PrimaryContrastText = "#ffffff",
            Secondary = "#3d4f60",
            Background = "#f5f6f4",
            Surface = "#ffffff",
            AppbarBackground = "#12211f",
            AppbarText = "#eef4f2",
            TextPrimary = "#18211f",
            TextSecondary = "#4c5a57",
            LinesDefault = "#d9dedb",
            TableLines = "#e4e8e5",
            ActionDefault = "#3d4f60",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#5fc7b6",
            PrimaryContrastText = "#06201c",
            Secondary = "#a9bccb",
            Background = "#0f1513",
            Surface = "#172019",
            AppbarBackground = "#0a100e",
            AppbarText = "#e4ece9",
            TextPrimary = "#e7eeeb",
            TextSecondary = "#a9b7b2",
            LinesDefault = "#2c3833",
            TableLines = "#26312d",
            ActionDefault = "#a9bccb",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts } },
    };
}
