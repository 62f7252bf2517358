using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Picket.Server.Console;

namespace Picket.Architecture.Tests;

/// <summary>
/// What the console says goes through <c>T</c>, so that it can be translated. Read from what the Razor compiler made of
/// the pages, as that is what a browser gets.
/// </summary>
public sealed partial class TextTests
{
    private static readonly string[] Readable =
    [
        "title",
        "aria-label",
        "placeholder",
        "alt",
        "Label",
        "Question",
        "Confirm",
        "Keep",
        "Busy",
        "Title",
        "Placeholder",
    ];

    private static readonly string[] Words =
    [
        "Words",
        "RoleWords",
        "AuditWords",
        "ResponseWords",
        "DeviceHistoryWords",
        "NextStep",
        "Terms",
    ];

    // The same in all languages. The longer first: they are taken out one after the other.
    private static readonly string[] Names =
    [
        "CISA Known Exploited Vulnerabilities", // A feed's own name, as are the next.
        "STIX",
        "CSV",
        "iOS, iPadOS",
        "Android",
        "Retention:", // A setting's own name.
        "security details", // What a call read, as the API names it.
        ".NET and ASP.NET Core", // Parts of others and their licences, as they call themselves.
        "Entity Framework Core",
        "Microsoft Orleans",
        "MailKit, MimeKit, Bouncy Castle",
        "MIT; SQLite itself is in the public domain",
        "PostgreSQL Licence",
        "PostgreSQL",
        "Apache",
        "Picket",
        "UEM", // The field's word.
        "Northwind", // Examples in empty fields.
        "http://proxy.example.com:3128",
        "https://as123.example.com",
        "https://na.uemauth.workspaceone.com/connect/token",
        "Basic", // How one signs in, by its standard's name.
        "OAuth",
        "SHA-256",
        "UDID",
        "IMEI",
        "yyyy-MM-dd HH:mm 'UTC'", // How a time is written.
        "d MMM",
    ];

    [Fact]
    public void No_page_shows_english_that_cannot_be_translated()
    {
        var texts = Catalogue.Calls().Select(call => call.Text).ToHashSet();
        using var server = AssemblyDefinition.ReadAssembly(typeof(Texts).Assembly.Location);
        var offences =
            from method in MethodsOfPages(server)
            from literal in Shown(method).Concat(Sentences(method))
            where !texts.Contains(literal) && HasWords(literal)
            select $"{method.DeclaringType.FullName}: {literal}";

        var found = string.Join(Environment.NewLine, offences.Distinct());
        Assert.True(found.Length == 0, found);
    }

    /// <summary>What is made once, when the program starts, would speak the language of whoever came first.</summary>
    [Fact]
    public void No_text_is_translated_before_its_reader_is_known()
    {
        using var server = AssemblyDefinition.ReadAssembly(typeof(Texts).Assembly.Location);
        var offences =
            from type in server.MainModule.GetTypes()
            from method in type.Methods
            where method is { IsConstructor: true, IsStatic: true }
            where method.Body.Instructions.Any(step => Called(step) is { Name: "T", DeclaringType.Name: nameof(Texts) })
            select type.FullName;

        Assert.Empty(offences);
    }

    private static IEnumerable<MethodDefinition> MethodsOfPages(AssemblyDefinition server)
    {
        var pages = typeof(Texts)
            .Assembly.GetTypes()
            .Where(type => typeof(IComponent).IsAssignableFrom(type) || Words.Contains(type.Name))
            .Select(type => type.FullName!)
            .ToHashSet();
        return from type in server.MainModule.GetTypes()
            where pages.Contains(Outermost(type).FullName)
            from method in type.Methods
            where method.HasBody && method.Name != "PrintMembers" // Of records; nobody is shown it.
            select method;
    }

    /// <summary>Literals that are shown as they are: content, and the values of attributes that people read.</summary>
    private static IEnumerable<string> Shown(MethodDefinition method) =>
        from step in method.Body.Instructions
        let call = Called(step)
        where call?.DeclaringType.Name == "RenderTreeBuilder"
        where call.Name is "AddContent" or "AddMarkupContent" || IsReadable(call, step)
        from value in ValuesBefore(step, method.Body)
        where !Readable.Contains(value) // An attribute without a value: alt.
        select value;

    /// <summary>Literals that are put together, or are the answer of a method, and read like English.</summary>
    private static IEnumerable<string> Sentences(MethodDefinition method) =>
        from step in method.Body.Instructions
        where step.OpCode.Code == Code.Ldstr && !IsOfAttribute(step)
        let literal = (string)step.Operand
        where !literal.Contains('<') && Sentence().IsMatch(literal)
        select literal;

    /// <summary>What may be the last value when a step is reached: it stands before it, or before a jump to it.</summary>
    private static IEnumerable<string> ValuesBefore(Instruction step, MethodBody body)
    {
        Instruction?[] befores =
        [
            step.Previous,
            .. body.Instructions.Where(jump => jump.Operand == step).Select(jump => jump.Previous),
        ];
        foreach (var before in befores)
        {
            if (before?.OpCode.Code == Code.Ldstr)
            {
                yield return (string)before.Operand;
            }
            else if (before is not null && Called(before)?.Name == "TypeCheck")
            {
                foreach (var value in ValuesBefore(before, body))
                {
                    yield return value;
                }
            }
        }
    }

    private static bool IsReadable(MethodReference call, Instruction step)
    {
        if (call.Name is not ("AddAttribute" or "AddComponentParameter"))
        {
            return false;
        }

        // The name of the attribute is the last literal before its number is put on the stack.
        for (var before = step.Previous; before is not null; before = before.Previous)
        {
            if (before is { OpCode.Code: Code.Ldstr, Previous: { } number } && IsNumber(number))
            {
                return Readable.Contains((string)before.Operand);
            }
        }

        return false;
    }

    /// <summary>A part of a class, an address or the like.</summary>
    private static bool IsOfAttribute(Instruction step)
    {
        var next = step.Next;
        while (next is not null && Called(next)?.DeclaringType.Name != "RenderTreeBuilder")
        {
            next = next.Next;
        }

        return next is not null && Called(next) is { Name: "AddAttribute" } call && !IsReadable(call, next);
    }

    private static bool HasWords(string literal)
    {
        var texts = Untold().Replace(literal, "");
        var attributes = Attribute().Matches(texts).Select(each => each.Groups["text"].Value);
        return attributes
            .Append(Tag().Replace(texts, " "))
            .Any(text => Letters().IsMatch(Names.Aggregate(text, Without)));
    }

    private static string Without(string text, string name) => text.Replace(name, "", StringComparison.Ordinal);

    private static bool IsNumber(Instruction step) => step.OpCode.Name.StartsWith("ldc.i4", StringComparison.Ordinal);

    private static MethodReference? Called(Instruction step) => step.Operand as MethodReference;

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"<code>[^<]*</code>|&#?\w+;")]
    private static partial Regex Untold();

    [GeneratedRegex(@" (title|aria-label|placeholder|alt)=""(?<text>[^""]*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    // Two words, or one that was cut from others: "took ", " devices".
    [GeneratedRegex(@"\p{L}[,:;.]? \p{L}{2}|^[,:;.]? \p{L}{2}|\p{L}{2}[,:;.]? $")]
    private static partial Regex Sentence();
}
