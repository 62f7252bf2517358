using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Tests.Console;

/// <summary>The console's texts, in the language of whoever reads them.</summary>
public sealed class TextsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("")]
    public void What_nobody_translated_is_told_in_english(string language)
    {
        Assert.Equal("Devices", In(language, () => T("Devices")));
        Assert.Equal("2 of 3 devices", In(language, () => T("{0} of {1} devices", 2, 3)));
    }

    [Fact]
    public void The_pseudo_language_marks_each_text_and_keeps_its_values()
    {
        Assert.Equal("⟦Devices⟧", In(Pseudo, () => T("Devices")));
        Assert.Equal("⟦2 of 3 devices⟧", In(Pseudo, () => T("{0} of {1} devices", 2, 3)));
    }

    [Fact]
    public async Task Values_and_markup_stand_where_the_sentence_wants_them()
    {
        Assert.Equal("3 devices, 2 of them", T("{1} devices, {0} of them", 2, 3));
        Assert.Equal(
            "after <b>that</b>, <i>this</i>, and <i>this</i> again",
            await HtmlAsync(T("after {1}, {0}, and {0} again", Markup("<i>this</i>"), Markup("<b>that</b>")))
        );
        Assert.Equal(
            "<i>this</i><b>that</b>",
            await HtmlAsync(T("{0}{1}", Markup("<i>this</i>"), Markup("<b>that</b>")))
        );
    }

    [Fact]
    public async Task Braces_in_a_value_are_no_places()
    {
        Assert.Equal("Tag {1} of {0}", T("Tag {0} of {1}", "{1}", "{0}"));
        Assert.Equal("Tag {1}.", await HtmlAsync(T("Tag {0}.", Text("{1}"))));
    }

    [Fact]
    public async Task What_a_value_says_is_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>";
        const string Harmless = "&lt;script&gt;alert(1)&lt;/script&gt;";

        Assert.Equal($"<b>Named</b> {Harmless}", await HtmlAsync(T("{0} {1}", Markup("<b>Named</b>"), Text(Hostile))));
        Assert.Equal($"Remove {Harmless}", await HtmlAsync(Text(T("Remove {0}", Hostile))));
        Assert.Equal($"{Harmless} and <b>more</b>", await HtmlAsync(T(Hostile + " and {0}", Markup("<b>more</b>"))));
    }

    [Fact]
    public async Task Markup_is_told_in_the_language_in_which_it_is_shown()
    {
        var sentence = T("Linked to {0}.", Text("anna"));

        Assert.Equal("⟦Linked to anna.⟧", WithoutEntities(await In(Pseudo, () => HtmlAsync(sentence))));
    }

    private static TAnswer In<TAnswer>(string language, Func<TAnswer> ask)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return ask();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static RenderFragment Markup(string html) => builder => builder.AddMarkupContent(0, html);

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private static string WithoutEntities(string html) => System.Net.WebUtility.HtmlDecode(html);

    private static async Task<string> HtmlAsync(RenderFragment content)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var values = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(Shows.Content)] = content }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<Shows>(values)).ToHtmlString()
        );
    }

    private sealed class Shows : ComponentBase
    {
        [Parameter]
        public RenderFragment? Content { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Content);
    }
}
