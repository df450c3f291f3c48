"""Names in many scripts, each with the Latin form that its user name is made of."""

from typing import NamedTuple


class Name(NamedTuple):
    """`slug` goes into the user principal name, `text` is what people read."""

    slug: str
    text: str
    is_person: bool = True


def _pool(lines: str) -> list[Name]:
    pairs = (word.partition("=") for word in lines.split())
    return [Name(slug, text.replace("_", " ") or slug.capitalize()) for slug, _, text in pairs]


_GIVEN = """
aaron abdullah=عبدالله ada adaeze=Adaézé adrian agnieszka ahmed=أحمد aiko=愛子 aisha=عائشة
akira=明 alejandro alessia alexei=Алексей ali=علي alice alma amara amelie=Amélie
amir=امیر ana anastasia=Анастасия andreas andrzej aneta anh=Ánh anna
antonio=António anya=Аня arjun=अर्जुन asa=Åsa astrid ayse=Ayşe beatriz ben bjorn=Björn
bogdan boris=Борис brigitte bruno cagla=Çağla camila carlos carmen catalina
cecile=Cécile chao=超 charlotte chen=晨 chiara chidi chloe=Chloé christian claire cristina
dag=Dag dalia=داليا daniel dariusz david=דוד deepa=दीपा denis dimitra=Δήμητρα dina
dmitri=Дмитрий dolores dorota ebba eduardo efua eirini=Ειρήνη
ekaterina=Екатерина elena eli elif elin elsa emeka emil emma enzo erika erik
esther=אסתר eva ewa fabio farid=فرید fatima=فاطمة felix fernanda filip fiona florian
francois=François frida gabriel galina=Галина gerard giorgi=გიორგი giulia goran grace
greta gunnar guo=国 habiba=حبيبة hadar=הדר hana=はな hans haruto=陽翔 hassan=حسن heike helga
henrik hiroshi=浩 hoang=Hoàng hugo ibrahim=إبراهيم ida igor=Игорь ilse imani=Ímani
indira ines=Inês ingrid irina=Ирина isabel ivan=Иван ivana=Ивана jack jakub
jan jana jasmin javier jean jelena=Јелена jens jia=佳 jihoon=지훈 joao=João johanna
jonas jorge jose=José julia jun=俊 jurgen=Jürgen kaito=海斗 karim=كريم karin katarzyna
kateryna=Катерина kavya=காவ்யா keiko=恵子 kemal khadija=خديجة kim klara kofi
konstantin=Константин kristof=Kristóf kwame lan=Lân lars laszlo=László laura
leila=لیلا lena leo leticia=Letícia li=丽 lina linh lior=ליאור loic=Loïc lorenzo
lucia=Lucía luka=ლუკა lukas=Lukáš madina magda mahesh=महेश malik maria marek mariam=مريم
marta martin mateusz mats maya mehmet mei=美 mia michal=Michał mikhail=Михаил milan
mina=민아 mohammed=محمد moritz nadia natalia=Наталия nguyen nia niamh
nikolaos=Νικόλαος nikola nina noah noam=נועם nora nuno nuray oksana=Оксана olaf
olena=Олена olga oliver omar=عمر oskar=Óskar paolo patrick pavel=Павел pedro peter
petra philippe piotr pooja=पूजा priya=ப்ரியா quentin quynh=Quỳnh rachel rafael rahul=राहुल
raj ramon=Ramón rana=رنا renata rene=René ricardo rin=凛 roberto rosa ruben rui=瑞 ruth
rym=ريم sahar=سحر sakura=桜 salma=سلمى samuel sandra sanjay=संजय sara selin
sergei=Сергей seung=승 shira=שירה silvia simon sina sofia=София soren=Søren
stefan stella sun=순 svetlana=Светлана taavi takeshi=武 tamar=თამარ tarek=طارق
tatiana=Татьяна teresa thanh=Thành theo thomas thora=Þóra tiago tobias
tomas=Tomáš tuan=Tuấn uchenna ulla umar uwe valentina van=Văn vera veronika victor
vidya=வித்யா viktoria vladimir=Владимир wei=伟 wen=文 wiktor willem xavier
xenia=Ξένια xin=欣 yael=יעל yan=燕 yara=يارا yasmin yi=怡 yosef=יוסף yuki=雪
yulia=Юлия yusuf=يوسف zahra=زهرا zeynep zhen=珍 zofia zoe=Zoë zsuzsa
"""

_FAMILY = """
abe=阿部 abebe acar adeyemi agarwal=अग्रवाल ahmadi=احمدی akhtar al-amin=الأمين
alvarez=Álvarez andersson angelov=Ангелов antonescu aoki=青木 arslan asante=Asante
ashkenazi=אשכנזי bakker balogun=Balógun banerjee bauer becker ben-david=בן־דוד
bergstrom=Bergström bianchi bondarenko=Бондаренко boucher brandt browne=Browne
calik=Çalık campbell castillo chan=陳 chaudhary=चौधरी chen=陈 choi=최
christodoulou=Χριστοδούλου clark costa cruz-y-mendez=Cruz_y_Méndez
d'angelo=D'Angelo dahl dang=Đặng de-la-cruz=de_la_Cruz delgado demir=Demir desai
dimitrov=Димитров do=Đỗ dubois=Dubois duran=Durán eid=عيد eriksen=Eriksen esposito
evans fernandez=Fernández ferreira fischer fitzgerald fontaine fujita=藤田 garcia=García
gelashvili=გელაშვილი ghosh gonzalez=González gruber=Gruber gunnarsdottir=Gunnarsdóttir
gupta=गुप्ता gustafsson haddad=حداد hagen=Hagen halvorsen hansen hashimoto=橋本
hernandez=Hernández hofmann horvat=Horvat horvath=Horváth hosseini=حسینی huang=黄 hughes
ibanez=Ibáñez ito=伊藤 ivanov=Иванов iyer=ஐயர் jansen jensen johansson
jovanovic=Јовановић kang=강 kaplan=Kaplan katz=כץ kaya=Kaya khalil=خليل khan=خان
kim=김 kobayashi=小林 kovacs=Kovács kowalski=Kowalski krause kuznetsova=Кузнецова
larsen le=Lê lee=이 lehtinen=Lehtinen levi=לוי li=李 lin=林 lindqvist liu=刘 lopez=López
machado=Machado mancini martinez=Martínez mbeki mcdonald=McDonald mehta=मेहता mensah meyer
mikkelsen=Mikkelsen mizrahi=מזרחי moller=Møller moreau morozov=Морозов
muller=Müller mutua=Mutua nakamura=中村 nasser=ناصر neumann nguyen=Nguyễn nielsen
nikolaidis=Νικολαΐδης novak=Novák nowak=Nowak o'brien=O'Brien o'connor=O'Connor
o'neill=O’Neill oduya=Oduya ogawa=小川 okafor=Okafor olsen=Olsen omar=عمر ozturk=Öztürk
papadopoulos=Παπαδόπουλος park=박 patel=पटेल pereira perez=Pérez
petrov=Петров pham=Phạm popescu popov=Попов ramirez=Ramírez rao=राव reyes ricci
rodriguez=Rodríguez romero=Romero rossi rousseau ruiz=Ruiz sadeghi=صادقی
saint-just=Saint-Just salazar=Salazar sanchez=Sánchez santos=Santos sato=佐藤 schmidt
schneider=Schneider schulz shah=शाह sharma=शर्मा shevchenko=Шевченко silva
singh=सिंह smith sokolova=Соколова song=송 souza=Souza strand=Strand suzuki=鈴木
svensson=Svensson szabo=Szabó takahashi=高橋 tanaka=田中 teixeira=Teixeira thomsen=Thomsen
torres=Torres tran=Trần tremblay=Tremblay tsai=蔡 unal=Ünal van-den-berg=van_den_Berg
van-dijk=van_Dijk vasquez=Vásquez vogel=Vogel volkov=Волков von-arnim=von_Arnim
wagner=Wagner wang=王 watanabe=渡辺 weber=Weber weiss=Weiß wisniewska=Wiśniewska
wright=Wright wu=吴 yamamoto=山本 yang=杨 yilmaz=Yılmaz zhang=张 zhao=赵 zhou=周
ziegler=Ziegler zielinski=Zieliński
"""

# Accounts that belong to no person; they give `startswith` something before and between letters.
_SHARED = [
    Name("0-scan", "Scanner", is_person=False),
    Name("365-backup", "Backup 365", is_person=False),
    Name("_sync", "Directory synchronization", is_person=False),
    Name("info-desk", "Information desk", is_person=False),
    Name("room-", "Meeting room", is_person=False),
    Name("svc-print", "Print service", is_person=False),
]

GIVEN = sorted([*_pool(_GIVEN), *_SHARED])
FAMILY = [name for name in _pool(_FAMILY) if name.slug.isascii()]
