/// The first-level divisions of the six countries.
extension FoundingRecords {
    /// The code of ISO 3166-2, the names in Chinese, Russian, English and the local language.
    static let regions = (china + centralAsia).split(separator: "\n").map { line in
        let parts = line.split(separator: " | ").map(String.init)
        return parts.count == 4 ? parts + [parts[1]] : parts
    }

    /// Local names are the Chinese ones.
    private static let china = """
        CN-AH | 安徽省 | Аньхой | Anhui
        CN-BJ | 北京市 | Пекин | Beijing
        CN-CQ | 重庆市 | Чунцин | Chongqing
        CN-FJ | 福建省 | Фуцзянь | Fujian
        CN-GD | 广东省 | Гуандун | Guangdong
        CN-GS | 甘肃省 | Ганьсу | Gansu
        CN-GX | 广西壮族自治区 | Гуанси-Чжуанский автономный район | Guangxi
        CN-GZ | 贵州省 | Гуйчжоу | Guizhou
        CN-HA | 河南省 | Хэнань | Henan
        CN-HB | 湖北省 | Хубэй | Hubei
        CN-HE | 河北省 | Хэбэй | Hebei
        CN-HI | 海南省 | Хайнань | Hainan
        CN-HK | 香港特别行政区 | Гонконг | Hong Kong
        CN-HL | 黑龙江省 | Хэйлунцзян | Heilongjiang
        CN-HN | 湖南省 | Хунань | Hunan
        CN-JL | 吉林省 | Цзилинь | Jilin
        CN-JS | 江苏省 | Цзянсу | Jiangsu
        CN-JX | 江西省 | Цзянси | Jiangxi
        CN-LN | 辽宁省 | Ляонин | Liaoning
        CN-MO | 澳门特别行政区 | Макао | Macao
        CN-NM | 内蒙古自治区 | Внутренняя Монголия | Inner Mongolia
        CN-NX | 宁夏回族自治区 | Нинся-Хуэйский автономный район | Ningxia
        CN-QH | 青海省 | Цинхай | Qinghai
        CN-SC | 四川省 | Сычуань | Sichuan
        CN-SD | 山东省 | Шаньдун | Shandong
        CN-SH | 上海市 | Шанхай | Shanghai
        CN-SN | 陕西省 | Шэньси | Shaanxi
        CN-SX | 山西省 | Шаньси | Shanxi
        CN-TJ | 天津市 | Тяньцзинь | Tianjin
        CN-TW | 台湾省 | Тайвань | Taiwan
        CN-XJ | 新疆维吾尔自治区 | Синьцзян-Уйгурский автономный район | Xinjiang
        CN-XZ | 西藏自治区 | Тибетский автономный район | Xizang (Tibet)
        CN-YN | 云南省 | Юньнань | Yunnan
        CN-ZJ | 浙江省 | Чжэцзян | Zhejiang

        """

    private static let centralAsia = """
        KG-B | 巴特肯州 | Баткенская область | Batken Region | Баткен облусу
        KG-C | 楚河州 | Чуйская область | Chuy Region | Чүй облусу
        KG-GB | 比什凯克市 | Бишкек | Bishkek | Бишкек
        KG-GO | 奥什市 | Ош | Osh City | Ош
        KG-J | 贾拉拉巴德州 | Джалал-Абадская область | Jalal-Abad Region | Жалал-Абад облусу
        KG-N | 纳伦州 | Нарынская область | Naryn Region | Нарын облусу
        KG-O | 奥什州 | Ошская область | Osh Region | Ош облусу
        KG-T | 塔拉斯州 | Таласская область | Talas Region | Талас облусу
        KG-Y | 伊塞克湖州 | Иссык-Кульская область | Issyk-Kul Region | Ысык-Көл облусу
        KZ-10 | 阿拜州 | Абайская область | Abai Region | Абай облысы
        KZ-11 | 阿克莫拉州 | Акмолинская область | Akmola Region | Ақмола облысы
        KZ-15 | 阿克托别州 | Актюбинская область | Aktobe Region | Ақтөбе облысы
        KZ-19 | 阿拉木图州 | Алматинская область | Almaty Region | Алматы облысы
        KZ-23 | 阿特劳州 | Атырауская область | Atyrau Region | Атырау облысы
        KZ-27 | 西哈萨克斯坦州 | Западно-Казахстанская область | West Kazakhstan Region | Батыс Қазақстан облысы
        KZ-31 | 江布尔州 | Жамбылская область | Jambyl Region | Жамбыл облысы
        KZ-33 | 杰特苏州 | Жетысуская область | Jetisu Region | Жетісу облысы
        KZ-35 | 卡拉干达州 | Карагандинская область | Karaganda Region | Қарағанды облысы
        KZ-39 | 科斯塔奈州 | Костанайская область | Kostanay Region | Қостанай облысы
        KZ-43 | 克孜勒奥尔达州 | Кызылординская область | Kyzylorda Region | Қызылорда облысы
        KZ-47 | 曼格斯套州 | Мангистауская область | Mangystau Region | Маңғыстау облысы
        KZ-55 | 巴甫洛达尔州 | Павлодарская область | Pavlodar Region | Павлодар облысы
        KZ-59 | 北哈萨克斯坦州 | Северо-Казахстанская область | North Kazakhstan Region | Солтүстік Қазақстан облысы
        KZ-61 | 突厥斯坦州 | Туркестанская область | Turkistan Region | Түркістан облысы
        KZ-62 | 乌勒套州 | Улытауская область | Ulytau Region | Ұлытау облысы
        KZ-63 | 东哈萨克斯坦州 | Восточно-Казахстанская область | East Kazakhstan Region | Шығыс Қазақстан облысы
        KZ-71 | 阿斯塔纳市 | Астана | Astana | Астана
        KZ-75 | 阿拉木图市 | Алма-Ата | Almaty | Алматы
        KZ-79 | 奇姆肯特市 | Шымкент | Shymkent | Шымкент
        TJ-DU | 杜尚别市 | Душанбе | Dushanbe | Душанбе
        TJ-GB | 戈尔诺-巴达赫尚自治州 | Горно-Бадахшанская автономная область | Gorno-Badakhshan | Бадахшони Кӯҳӣ
        TJ-KT | 哈特隆州 | Хатлонская область | Khatlon Region | Вилояти Хатлон
        TJ-RA | 中央直属区 | Районы республиканского подчинения | Districts of Republican Subordination | \
        Ноҳияҳои тобеи ҷумҳурӣ
        TJ-SU | 索格特州 | Согдийская область | Sughd Region | Вилояти Суғд
        TM-A | 阿哈尔州 | Ахалский велаят | Ahal Region | Ahal welaýaty
        TM-B | 巴尔坎州 | Балканский велаят | Balkan Region | Balkan welaýaty
        TM-D | 达绍古兹州 | Дашогузский велаят | Dashoguz Region | Daşoguz welaýaty
        TM-L | 列巴普州 | Лебапский велаят | Lebap Region | Lebap welaýaty
        TM-M | 马雷州 | Марыйский велаят | Mary Region | Mary welaýaty
        TM-S | 阿什哈巴德市 | Ашхабад | Ashgabat | Aşgabat
        UZ-AN | 安集延州 | Андижанская область | Andijan Region | Andijon viloyati
        UZ-BU | 布哈拉州 | Бухарская область | Bukhara Region | Buxoro viloyati
        UZ-FA | 费尔干纳州 | Ферганская область | Fergana Region | Fargʻona viloyati
        UZ-JI | 吉扎克州 | Джизакская область | Jizzakh Region | Jizzax viloyati
        UZ-NG | 纳曼干州 | Наманганская область | Namangan Region | Namangan viloyati
        UZ-NW | 纳沃伊州 | Навоийская область | Navoiy Region | Navoiy viloyati
        UZ-QA | 卡什卡达里亚州 | Кашкадарьинская область | Qashqadaryo Region | Qashqadaryo viloyati
        UZ-QR | 卡拉卡尔帕克斯坦共和国 | Республика Каракалпакстан | Republic of Karakalpakstan | Qoraqalpogʻiston
        UZ-SA | 撒马尔罕州 | Самаркандская область | Samarkand Region | Samarqand viloyati
        UZ-SI | 锡尔河州 | Сырдарьинская область | Sirdaryo Region | Sirdaryo viloyati
        UZ-SU | 苏尔汉河州 | Сурхандарьинская область | Surxondaryo Region | Surxondaryo viloyati
        UZ-TK | 塔什干市 | Ташкент | Tashkent City | Toshkent
        UZ-TO | 塔什干州 | Ташкентская область | Tashkent Region | Toshkent viloyati
        UZ-XO | 花剌子模州 | Хорезмская область | Khorezm Region | Xorazm viloyati
        """
}
