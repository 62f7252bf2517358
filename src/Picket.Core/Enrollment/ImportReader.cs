using System.Globalization;
using System.Text.RegularExpressions;

namespace Picket.Core.Enrollment;

/// <summary>A line as it was read: what it asks for, or all that is wrong with it.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Wish">Null when there are mistakes.</param>
/// <param name="Mistakes">Each with its column.</param>
public sealed record ImportLine(int Line, ImportWish? Wish, IReadOnlyList<ImportMistake> Mistakes);

/// <summary>Reads the values of one line, and finds all mistakes of it at once.</summary>
public static class ImportReader
{
    public static ImportLine Read(ImportHeader header, int line, IReadOnlyList<string> fields)
    {
        // A spreadsheet leaves out separators at the end of a line, where its last values are empty.
        if (fields.Skip(header.Width).Any(value => !string.IsNullOrWhiteSpace(value)))
        {
            var text =
                $"The line has {fields.Count} values, the header {header.Width} columns. "
                + "Is a quotation mark, or a separator, missing or too many?";
            return new(line, null, [new(line, null, text)]);
        }

        var values = new ImportValues(header, line, fields);
        ImportWish wish = header.Kind switch
        {
            ImportKind.Users => User(values),
            ImportKind.Devices => Device(values),
            _ => new MemberWish(values.Text(ImportColumns.Group) ?? "", values.Text(ImportColumns.UserName) ?? ""),
        };
        return values.Mistakes.Count > 0 ? new(line, null, values.Mistakes) : new(line, wish, []);
    }

    private static UserWish User(ImportValues values)
    {
        var wish = new UserWish(values.Text(ImportColumns.UserName) ?? "")
        {
            FirstName = values.Text(ImportColumns.FirstName),
            LastName = values.Text(ImportColumns.LastName),
            Email = values.Email(),
            Mobile = values.Text(ImportColumns.Mobile),
            OrganizationGroup = values.Text(ImportColumns.OrganizationGroup),
            Message = values.Message(),
        };
        if (wish.Message == ImportMessage.Sms && values.IsEmpty(ImportColumns.Mobile))
        {
            values.Refuse(ImportColumns.Mobile, "A text message needs a mobile number.");
        }

        if (wish.Message == ImportMessage.Email && values.IsEmpty(ImportColumns.Email))
        {
            values.Refuse(ImportColumns.Email, "A mail needs an address.");
        }

        return wish;
    }

    private static DeviceWish Device(ImportValues values)
    {
        var wish = new DeviceWish(values.Text(ImportColumns.UserName) ?? "")
        {
            SerialNumber = values.Text(ImportColumns.SerialNumber),
            Imei = values.Imei(),
            Udid = values.Text(ImportColumns.Udid),
            FriendlyName = values.Text(ImportColumns.FriendlyName),
            PlatformId = values.Platform(),
            ModelId = values.Number(ImportColumns.Model),
            Ownership = values.Ownership(),
            AssetNumber = values.Text(ImportColumns.AssetNumber),
            OrganizationGroup = values.Text(ImportColumns.OrganizationGroup),
            Message = values.Message(),
        };
        if (values.IsEmpty(ImportColumns.SerialNumber) && values.IsEmpty(ImportColumns.Udid))
        {
            values.Refuse(
                ImportColumns.SerialNumber,
                "A device needs a serial number or a UDID: the UEM lists devices that are announced without their IMEI, and "
                    + "nobody could tell it again."
            );
        }

        return wish;
    }
}

/// <summary>The values of one line, each checked for what its column holds.</summary>
internal sealed partial class ImportValues(ImportHeader header, int line, IReadOnlyList<string> fields)
{
    public List<ImportMistake> Mistakes { get; } = [];

    public void Refuse(ImportColumn column, string text) => Mistakes.Add(new(line, column.Name, text));

    /// <summary>Nothing stands there. What cannot be read has a mistake of its own, and is not missing.</summary>
    public bool IsEmpty(ImportColumn column) => header.Value(fields, column) is null;

    public string? Text(ImportColumn column)
    {
        var value = header.Value(fields, column);
        if (value is null)
        {
            if (column.Required)
            {
                Refuse(column, "It is empty.");
            }

            return null;
        }

        if (Problem(column, value) is not { } problem)
        {
            return value;
        }

        Refuse(column, problem);
        return null;
    }

    public string? Email()
    {
        var value = Text(ImportColumns.Email);
        if (value is null || Address().IsMatch(value))
        {
            return value;
        }

        Refuse(ImportColumns.Email, "It is no mail address, such as a.person@example.com.");
        return null;
    }

    public string? Imei()
    {
        if (Text(ImportColumns.Imei) is not { } value)
        {
            return null;
        }

        var digits = string.Concat(value.Where(letter => letter is not (' ' or '-' or '/')));
        if (digits.Length is 15 && digits.All(char.IsAsciiDigit))
        {
            return digits;
        }

        Refuse(ImportColumns.Imei, "An IMEI has 15 digits. A spreadsheet may have left out a zero at its beginning.");
        return null;
    }

    public int? Number(ImportColumn column)
    {
        if (Text(column) is not { } value)
        {
            return null;
        }

        if (value.All(char.IsAsciiDigit) && int.Parse(value, CultureInfo.InvariantCulture) is > 0 and var number)
        {
            return number;
        }

        Refuse(column, "It is no number.");
        return null;
    }

    public int? Platform() =>
        Word<int?>(
            ImportColumns.Platform,
            [("ios", 2), ("ipados", 2), ("apple", 2), ("android", 5), ("macos", 10), ("windows", 12)]
        );

    public string? Ownership() =>
        Word(
            ImportColumns.Ownership,
            [("corporate", "C"), ("c", "C"), ("shared", "S"), ("s", "S"), ("employee", "E"), ("e", "E")]
        );

    public ImportMessage Message() =>
        Word(
            ImportColumns.Message,
            [("none", ImportMessage.None), ("email", ImportMessage.Email), ("sms", ImportMessage.Sms)]
        );

    private T? Word<T>(ImportColumn column, (string Word, T Value)[] words)
    {
        if (Text(column) is not { } value)
        {
            return default;
        }

        foreach (var (word, meant) in words)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return meant;
            }
        }

        Refuse(column, $"The word is not known. {column.Meaning}.");
        return default;
    }

    private static string? Problem(ImportColumn column, string value) =>
        value.Length > column.Longest ? $"It has {value.Length} characters; {column.Longest} are the most."
        : value.Any(IsUnseen) ? "It has a line break, or another letter that cannot be seen."
        : BeginsFormula(value) ? $"It begins with {value[0]}, which a spreadsheet would run as a formula."
        : Rounded().IsMatch(value)
            ? "A spreadsheet has rounded this number. Format its column as text, and enter the whole number again."
        : null;

    private static bool IsUnseen(char letter) =>
        char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    /// <summary>A number may begin with its sign, and nothing else may.</summary>
    private static bool BeginsFormula(string value) =>
        value[0] is '=' or '@'
        || (
            value[0] is '+' or '-'
            && !value.Skip(1).All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '-' or '/' or '(' or ')')
        );

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\d([.,]\d+)?E\+\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Rounded();
}
