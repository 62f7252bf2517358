using Picket.Core.Enrollment;

namespace Picket.Core.Tests.Enrollment;

/// <summary>What people write into files, and what is made of it.</summary>
public sealed class ImportReaderTests
{
    [Fact]
    public void Reads_a_user_whatever_the_order_and_spelling_of_the_columns()
    {
        var line = Read(ImportKind.Users, "E-Mail;user name;LAST_NAME", " a.lovelace@example.com ;ada;Lovelace");

        Assert.Equal(new UserWish("ada") { Email = "a.lovelace@example.com", LastName = "Lovelace" }, line.Wish);
        Assert.Empty(line.Mistakes);
    }

    [Fact]
    public void Reads_a_device_with_the_words_of_an_administrator()
    {
        var line = Read(
            ImportKind.Devices,
            "user_name;serial_number;imei;platform;ownership;message",
            "ada;C02XYZ;35-209900-176148-1;iPadOS;Employee;None"
        );

        Assert.Equal(
            new DeviceWish("ada")
            {
                SerialNumber = "C02XYZ",
                Imei = "352099001761481",
                PlatformId = 2,
                Ownership = "E",
            },
            line.Wish
        );
    }

    [Theory]
    [InlineData("first_name;email", "lacks this column")]
    [InlineData("user_name;nickname", "\"nickname\" is no column of this kind of file")]
    [InlineData("user_name;User-Name", "has this column twice")]
    [InlineData("user_name;;email", "Column 2 has no name")]
    [InlineData("user_name;;email;;", "Column 2 has no name")]
    [InlineData("user_name;Password", "Passwords are not taken from files")]
    public void Refuses_a_header_that_would_lead_astray(string header, string said)
    {
        var (read, mistakes) = ImportHeader.Read(ImportKind.Users, header.Split(';'));

        Assert.Null(read);
        Assert.Contains(said, Assert.Single(mistakes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportKind.Users, "user_name;first_name;message", ";=x;email", "user_name first_name email")]
    [InlineData(
        ImportKind.Users,
        "user_name;email;mobile_number;message",
        ";a.b;;sms",
        "user_name email mobile_number"
    )]
    [InlineData(ImportKind.Users, "user_name;email;message", "ada;a.b;email", "email")]
    [InlineData(ImportKind.Devices, "user_name;imei;platform", "ada;12;Symbian", "imei platform serial_number")]
    [InlineData(ImportKind.Devices, "user_name;serial_number;imei", "ada;=x;12", "serial_number imei")]
    public void What_is_missing_is_said_beside_what_is_wrong(
        ImportKind kind,
        string header,
        string line,
        string columns
    ) =>
        Assert.Equal(columns.Split(' ').Order(), Read(kind, header, line).Mistakes.Select(each => each.Column).Order());

    [Fact]
    public void Finds_all_mistakes_of_a_line_at_once_each_with_its_column()
    {
        var line = Read(
            ImportKind.Devices,
            "user_name;serial_number;imei;platform;ownership",
            ";=HYPERLINK(\"x\");123;Symbian;mine"
        );

        Assert.Null(line.Wish);
        Assert.Equal(
            ["user_name", "serial_number", "imei", "platform", "ownership"],
            line.Mistakes.Select(mistake => mistake.Column)
        );
        Assert.All(line.Mistakes, mistake => Assert.Equal(7, mistake.Line));
    }

    [Theory]
    [InlineData("=1+1", "formula")]
    [InlineData("@SUM(A1)", "formula")]
    [InlineData("-2+3+cmd|' /C calc'!A0", "formula")]
    [InlineData("+cmd", "formula")]
    [InlineData("3,52099E+14", "rounded")]
    [InlineData("3.5E+14", "rounded")]
    [InlineData("two\nlines", "line break")]
    [InlineData("C02XYZ\u200B", "letter that cannot be seen")]
    [InlineData("bell\a", "line break, or another letter that cannot be seen")]
    public void Refuses_values_that_a_spreadsheet_would_run_or_has_spoiled(string serial, string said)
    {
        var line = Read(ImportKind.Devices, ["user_name", "serial_number"], ["ada", serial]);

        Assert.Contains(said, Assert.Single(line.Mistakes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_telephone_number_with_its_plus()
    {
        var line = Read(ImportKind.Users, "user_name;mobile_number;message", "ada;+44 (20) 7946-0018;sms");

        Assert.Equal("+44 (20) 7946-0018", Assert.IsType<UserWish>(line.Wish).Mobile);
    }

    [Theory]
    [InlineData("sms", "mobile_number")]
    [InlineData("email", "email")]
    public void Asks_for_the_address_of_a_message(string message, string column)
    {
        var line = Read(ImportKind.Users, "user_name;message", $"ada;{message}");

        Assert.Equal(column, Assert.Single(line.Mistakes).Column);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("ada@home")]
    [InlineData("a da@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    public void Refuses_what_is_no_mail_address(string address)
    {
        Assert.Equal(
            "email",
            Assert.Single(Read(ImportKind.Users, "user_name;email", $"ada;{address}").Mistakes).Column
        );
    }

    [Fact]
    public void Refuses_a_device_that_nobody_could_tell_again()
    {
        var line = Read(ImportKind.Devices, "user_name;serial_number;friendly_name", "ada;;Ada's phone");

        Assert.Contains("could tell it again", Assert.Single(line.Mistakes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_line_whose_last_empty_values_a_spreadsheet_left_out_and_one_that_has_more_of_them()
    {
        var shorter = Read(ImportKind.Users, "user_name;email;message;;", "ada");
        var longer = Read(ImportKind.Users, "user_name;email", "ada;;;");

        Assert.Equal((new UserWish("ada"), new UserWish("ada")), (shorter.Wish, longer.Wish));
    }

    [Fact]
    public void Refuses_a_line_of_another_width_and_a_value_that_is_too_long()
    {
        var wide = Read(ImportKind.Users, "user_name;email", "ada;;ada@example.com");
        var longer = Read(ImportKind.Users, "user_name;email", $"{new string('a', 101)};");

        Assert.Contains("3 values, the header 2 columns", Assert.Single(wide.Mistakes).Text, StringComparison.Ordinal);
        Assert.Contains("101 characters; 100", Assert.Single(longer.Mistakes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportKind.Users)]
    [InlineData(ImportKind.Devices)]
    [InlineData(ImportKind.GroupMembers)]
    public void Reads_its_own_template(ImportKind kind)
    {
        var (header, mistakes) = ImportHeader.Read(kind, ImportColumns.Template(kind).TrimEnd().Split(','));

        Assert.Empty(mistakes);
        Assert.Equal(ImportColumns.Of(kind).Count, header!.Width);
    }

    private static ImportLine Read(ImportKind kind, string header, string line) =>
        Read(kind, header.Split(';'), line.Split(';'));

    private static ImportLine Read(ImportKind kind, string[] header, string[] line) =>
        ImportReader.Read(ImportHeader.Read(kind, header).Header!, 7, line);
}
