using CsCheck;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

/// <summary>Whatever bytes come, a parser answers with content or errors; it never throws.</summary>
public sealed class FeedMutationTests
{
    private static readonly byte[][] Originals = FeedFiles
        .SampleNames.Select(FeedFiles.SampleBytes)
        .Select(bytes => bytes.Length > 6_000 ? bytes[..6_000] : bytes)
        .ToArray();

    private static readonly Gen<byte[]> Mutated =
        from original in Gen.Int[0, Originals.Length - 1].Select(at => Originals[at])
        from edits in Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 8]
        select Mutate(original, edits);

    [Fact]
    public void No_mutated_file_makes_a_parser_throw()
    {
        Mutated.Sample(
            bytes =>
            {
                foreach (var format in Enum.GetValues<FeedFormat>())
                {
                    var parse = FeedFormats.Parse(format, bytes, new FeedOrigin("ios.json", "ios.json"));
                    Assert.True(parse.Succeeded ^ parse.Errors.Count > 0);
                }

                FeedFormats.Parse(bytes, new FeedOrigin("any"));
            },
            iter: 400
        );
    }

    [Fact]
    public void No_file_of_random_letters_makes_a_parser_throw()
    {
        Gen.Char["-[]{}:,&*!|>'\"%@`#?\\ \n\tax0~"]
            .Array[0, 60]
            .Select(letters => System.Text.Encoding.UTF8.GetBytes(letters))
            .Sample(
                bytes =>
                {
                    foreach (var format in Enum.GetValues<FeedFormat>())
                    {
                        FeedFormats.Parse(format, bytes, new FeedOrigin("ios.json", "ios.json"));
                    }
                },
                iter: 4_000
            );
    }

    [Fact]
    public void No_mutated_pattern_makes_the_reader_of_patterns_throw()
    {
        var pattern = Gen.Char["[]()='ORANDINLIKEMATCHES:.-<>! %_{}1ap"].Array[0, 40].Select(l => new string(l));
        pattern.Sample(text => FeedFiles.Parse(FeedFiles.Bundle($"[app:id{text}"), "x.stix2"), iter: 4_000);
    }

    private static byte[] Mutate(byte[] original, (int At, byte Value, int Kind)[] edits)
    {
        var bytes = original.ToList();
        foreach (var (at, value, kind) in edits)
        {
            var place = Math.Min(at, bytes.Count - 1);
            switch (kind)
            {
                case 0 when bytes.Count > 1:
                    bytes.RemoveAt(place);
                    break;
                case 1:
                    bytes.Insert(place, value);
                    break;
                case 2 when place > 0:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    bytes[place] = value;
                    break;
            }
        }

        return [.. bytes];
    }
}
